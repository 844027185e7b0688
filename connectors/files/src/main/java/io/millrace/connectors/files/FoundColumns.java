package io.millrace.connectors.files;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.csv.CsvColumn;
import io.millrace.formats.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at the files has told that the settings do not: it belongs to the plan, since by the time of a resume other
 * files may come first.
 *
 * @param fields that were inferred, or that Parquet has; empty where they are declared
 * @param json the fields of JSON lines that were inferred
 * @param partitions the columns that folders give
 * @param names of the values of a CSV without header, where they were made up
 */
record FoundColumns(List<Field> fields, Optional<JsonFields> json, List<Field> partitions, List<String> names) {
    private static final long FORMAT = 2;

    /** The columns as the settings ask for them. */
    SourceShape shape(SourceOptions options) {
        boolean declared = !options.schema().isEmpty();
        return switch (options.format()) {
            case CSV -> SourceShape.ofCsv(declared ? options.csvColumns() : csv(), partitions, options);
            case JSON_LINES -> SourceShape.ofJson(
                    declared ? JsonFields.of(options.schema()) : json.orElseThrow(), partitions, options);
            case PARQUET -> SourceShape.ofParquet(
                    declared ? options.parquetColumns() : Schema.of(fields), partitions, options);
        };
    }

    private List<CsvColumn> csv() {
        return fields.stream()
                .map(field -> new CsvColumn(field.name(), field.type(), !field.nullable(), Optional.empty()))
                .toList();
    }

    String text() {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("format", FORMAT);
        found.put("fields", listed(fields));
        json.ifPresent(inferred -> found.put("json", inferred.text()));
        found.put("partitions", listed(partitions));
        found.put("names", names);
        return Json.write(found);
    }

    private static List<Object> listed(List<Field> fields) {
        List<Object> list = new ArrayList<>();
        for (Field field : fields) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", field.name());
            described.put("type", field.type().toString());
            described.put("required", field.nullable() ? 0L : 1L);
            list.add(described);
        }
        return list;
    }

    /** What {@link #text} was made of; empty for the text of another version. */
    static Optional<FoundColumns> parse(String text) {
        try {
            Map<String, Object> found = Json.readObject(text);
            if (!Long.valueOf(FORMAT).equals(found.get("format"))) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            ((List<?>) found.get("names")).forEach(name -> names.add((String) name));
            return Optional.of(new FoundColumns(
                    fields(found.get("fields")),
                    Optional.ofNullable((String) found.get("json")).map(JsonFields::parse),
                    fields(found.get("partitions")),
                    names));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException unknown) {
            return Optional.empty();
        }
    }

    private static List<Field> fields(Object listed) {
        List<Field> fields = new ArrayList<>();
        for (Object described : (List<?>) listed) {
            Map<?, ?> field = (Map<?, ?>) described;
            DataType type = DataType.parse((String) field.get("type"))
                    .orElseThrow(() -> new IllegalArgumentException("no type: " + field.get("type")));
            fields.add(new Field((String) field.get("name"), type, (Long) field.get("required") == 0));
        }
        return fields;
    }
}
