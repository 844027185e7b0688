package io.millrace.engines.spark.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as text in which every bit shows, sorted, so that equal texts mean equal content. */
final class Same {
    private Same() {}

    static List<String> rows(Dataset<Row> table) {
        String[] names = table.columns();
        return table.collectAsList().stream()
                .map(row -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < names.length; i++) {
                        text.append(names[i])
                                .append('=')
                                .append(shown(row.get(i)))
                                .append('\n');
                    }
                    return text.toString();
                })
                .sorted()
                .toList();
    }

    static List<String> records(List<Map<String, Object>> records) {
        return records.stream()
                .map(record -> {
                    StringBuilder text = new StringBuilder();
                    record.forEach((name, value) ->
                            text.append(name).append('=').append(shown(value)).append('\n'));
                    return text.toString();
                })
                .sorted()
                .toList();
    }

    private static String shown(Object value) {
        if (value instanceof Double number) {
            return Long.toHexString(Double.doubleToLongBits(number)) + "d";
        } else if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        } else if (value instanceof List<?> list) {
            return list.stream().map(Same::shown).toList().toString();
        } else if (value instanceof scala.collection.Seq<?> seq) {
            return shown(scala.collection.JavaConverters.seqAsJavaList(seq));
        }
        return value == null ? "null" : "'" + value + "'";
    }

    /** Of lines of a reject file: column, reason and value. */
    static List<String> reasons(List<String> lines) {
        return lines.stream().map(Same::reason).sorted().toList();
    }

    private static String reason(String line) {
        try {
            JsonNode node = new ObjectMapper().readTree(line);
            return node.get("column") + " " + node.get("reason") + " " + node.get("row");
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
