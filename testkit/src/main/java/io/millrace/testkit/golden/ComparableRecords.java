package io.millrace.testkit.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records that are equal where their values are: arrays, and lists of them, have no equality of content. */
public final class ComparableRecords {
    private ComparableRecords() {}

    /** The same records, with arrays and lists as texts that show their content. */
    public static List<Map<String, Object>> of(List<? extends Map<String, Object>> records) {
        List<Map<String, Object>> comparable = new ArrayList<>();
        for (Map<String, Object> record : records) {
            Map<String, Object> copy = new LinkedHashMap<>(record);
            copy.replaceAll((name, value) -> value(value));
            comparable.add(copy);
        }
        return comparable;
    }

    private static Object value(Object value) {
        if (value instanceof List<?> list) {
            return Arrays.deepToString(list.toArray());
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }
}
