package io.millrace.connectors.files;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.csv.CsvColumn;
import io.millrace.formats.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a source and where they come from. What is read of each file are the columns asked for and, for windows,
 * the time column; then come those that folders give.
 *
 * @param csv the columns to read of CSV
 * @param json the columns to read of JSON lines, if it is that
 * @param fileSchema of the columns to read of each file
 * @param partitions that are delivered, or needed for windows
 * @param output what batches have
 */
record SourceShape(
        List<CsvColumn> csv,
        Optional<JsonFields> json,
        Schema fileSchema,
        List<Field> partitions,
        Schema output,
        Optional<String> timeColumn) {
    private static final String USUAL_TIME_COLUMN = "created_at";

    static SourceShape ofCsv(List<CsvColumn> columns, List<Field> partitions, SourceOptions options) {
        Schema all = Schema.of(columns.stream().map(CsvColumn::field).toList());
        Needed needed = needed(all, partitions, options);
        List<CsvColumn> read = columns.stream()
                .filter(column -> needed.names.contains(column.name()))
                .toList();
        return needed.shape(read, Optional.empty());
    }

    static SourceShape ofJson(JsonFields fields, List<Field> partitions, SourceOptions options) {
        Needed needed = needed(fields.schema(), partitions, options);
        JsonFields read = new JsonFields(fields.columns().stream()
                .filter(column -> needed.names.contains(column.name()))
                .toList());
        return needed.shape(List.of(), Optional.of(read));
    }

    static SourceShape ofParquet(Schema schema, List<Field> partitions, SourceOptions options) {
        return needed(schema, partitions, options).shape(List.of(), Optional.empty());
    }

    private record Needed(
            Schema files, List<Field> partitions, Set<String> names, Schema output, Optional<String> time) {
        SourceShape shape(List<CsvColumn> csv, Optional<JsonFields> json) {
            List<Field> read = files.fields().stream()
                    .filter(field -> names.contains(field.name()))
                    .toList();
            List<Field> given = partitions.stream()
                    .filter(field -> names.contains(field.name()))
                    .toList();
            return new SourceShape(csv, json, Schema.of(read), given, output, time);
        }
    }

    private static Needed needed(Schema files, List<Field> partitions, SourceOptions options) {
        List<Field> all = new ArrayList<>(files.fields());
        for (Field partition : partitions) {
            // A file that repeats its folder's column is believed less than the folder.
            all.removeIf(field -> field.name().equals(partition.name()));
            all.add(partition);
        }
        Schema whole = Schema.of(all);
        Optional<String> time = timeColumn(whole, options);
        List<String> output = options.columns().isEmpty() ? whole.names() : options.columns();
        for (String column : output) {
            if (!whole.contains(column)) {
                throw MillraceException.user("there is no column '" + column + "' in the files"
                        + Suggestion.didYouMean(column, whole.names()) + "; they have " + whole.names());
            }
        }
        Set<String> names = new LinkedHashSet<>(output);
        time.ifPresent(names::add);
        Set<String> given =
                new LinkedHashSet<>(partitions.stream().map(Field::name).toList());
        Schema ofFiles = Schema.of(files.fields().stream()
                .filter(field -> !given.contains(field.name()))
                .toList());
        if (ofFiles.fields().stream().noneMatch(field -> names.contains(field.name()))) {
            // A row needs a column that is read, or nobody could count it.
            if (ofFiles.size() == 0) {
                throw MillraceException.user("the files have no column beside those of their folders");
            }
            names.add(ofFiles.field(0).name());
        }
        return new Needed(ofFiles, partitions, names, whole.project(output), time);
    }

    private static Optional<String> timeColumn(Schema whole, SourceOptions options) {
        if (options.timeColumn().isEmpty()) {
            return Optional.of(USUAL_TIME_COLUMN)
                    .filter(name -> whole.contains(name)
                            && isTime(whole.field(whole.indexOf(name)).type()));
        }
        String name = options.timeColumn().get();
        if (!whole.contains(name)) {
            throw MillraceException.user("time_column: there is no column '" + name + "'"
                    + Suggestion.didYouMean(name, whole.names()) + " in the files; they have " + whole.names());
        }
        DataType type = whole.field(whole.indexOf(name)).type();
        if (!isTime(type)) {
            throw MillraceException.user("time_column: '" + name + "' is " + type
                    + ", not a timestamp or date; declare its type under schema");
        }
        return Optional.of(name);
    }

    private static boolean isTime(DataType type) {
        return type.kind() == DataType.Kind.TIMESTAMP || type.kind() == DataType.Kind.DATE;
    }

    /** The columns of files and folders, as batches have them before they are cut down to the output. */
    Schema readSchema() {
        List<Field> all = new ArrayList<>(fileSchema.fields());
        all.addAll(partitions);
        return Schema.of(all);
    }

    /** A text that is equal where the columns are. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Field field : output) {
            text.append(field).append(", ");
        }
        return text + json.map(JsonFields::text).orElse(csv.toString());
    }
}
