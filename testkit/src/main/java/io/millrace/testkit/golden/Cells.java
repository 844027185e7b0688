package io.millrace.testkit.golden;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain values (texts, lists, maps, null) of a case's rows as values of its columns' types. */
final class Cells {
    private Cells() {}

    /** Each row is a map of values by column, or, where there is one column, its value alone. An absent value is null. */
    static List<Map<String, Object>> records(List<?> rows, Schema schema) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Object row : rows) {
            Map<String, Object> record = new LinkedHashMap<>();
            if (row instanceof Map<?, ?> map) {
                map.keySet().forEach(name -> schema.require((String) name));
                schema.forEach(field -> record.put(field.name(), cell(map.get(field.name()), field.type())));
            } else if (schema.size() == 1) {
                record.put(schema.field(0).name(), cell(row, schema.field(0).type()));
            } else {
                throw new IllegalArgumentException("a row of several columns must be a map: " + row);
            }
            records.add(record);
        }
        return records;
    }

    static Object cell(Object plain, DataType type) {
        if (plain == null) {
            return null;
        }
        if (type instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) plain).forEach(element -> elements.add(cell(element, list.element())));
            return elements;
        }
        String text = (String) plain;
        return switch (type.kind()) {
            case BOOLEAN -> flag(text);
            case INT32 -> Integer.valueOf(text);
            case INT64 -> Long.valueOf(text);
            case FLOAT64 -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text).setScale(((DecimalType) type).scale());
            case STRING, JSON -> text;
            case BINARY -> Base64.getDecoder().decode(text);
            case DATE -> LocalDate.parse(text);
            case TIMESTAMP -> Instant.parse(text);
            case LIST -> throw new IllegalStateException("a list is no text");
        };
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    static Schema schema(Object plain) {
        List<Field> fields = new ArrayList<>();
        ((Map<?, ?>) plain).forEach((name, type) -> fields.add(field((String) name, (String) type)));
        return Schema.of(fields);
    }

    private static Field field(String name, String text) {
        boolean required = text.endsWith(" not null");
        String type = required ? text.substring(0, text.length() - " not null".length()) : text;
        return new Field(
                name,
                DataType.parse(type).orElseThrow(() -> new IllegalArgumentException("there is no type '" + type + "'")),
                !required);
    }
}
