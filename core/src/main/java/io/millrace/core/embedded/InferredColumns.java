package io.millrace.core.embedded;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.record.JavaValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of the records seen so far: whole numbers are int64, decimals decimal(38,18), and a column that was always
 * null is text until it has a value.
 */
final class InferredColumns {
    private final Map<String, DataType> types = new LinkedHashMap<>();

    /** Looks at more records. A user error where a column has values that no type holds together. */
    Schema with(List<? extends Map<String, ?>> records) {
        for (Map<String, ?> record : records) {
            record.forEach((name, value) -> {
                try {
                    types.put(name, JavaValues.common(types.get(name), JavaValues.typeOf(value)));
                } catch (IllegalArgumentException unfit) {
                    throw MillraceException.user("the records' columns cannot be told: column '" + name + "' "
                            + unfit.getMessage() + "; give the schema");
                }
            });
        }
        List<Field> fields = new ArrayList<>();
        types.forEach((name, type) -> fields.add(Field.of(name, type == null ? DataType.STRING : type)));
        return Schema.of(fields);
    }
}
