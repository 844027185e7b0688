package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.formats.csv.CsvColumn;
import io.millrace.formats.csv.CsvSettings;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.formats.json.JsonFields;
import io.millrace.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code files} and {@code s3} are told to read, checked; where it lies is not part of it. */
record SourceOptions(
        PathPattern pattern,
        FileFormat format,
        FileCompression compression,
        CsvSettings csv,
        Map<String, JsonFieldSettings> schema,
        List<String> columns,
        Map<String, DataType> partitions,
        Optional<String> timeColumn,
        boolean incremental,
        Duration overlap,
        long splitBytes,
        int recordLimit,
        long unpackedLimit) {
    /** The rows that are looked at where columns are inferred. */
    static final int SAMPLE_ROWS = 1000;

    private static final long SMALLEST_SPLIT = 4 << 10;

    static SourceOptions of(
            String path,
            Optional<FileFormat> format,
            FileCompression compression,
            Optional<CsvSettings> csv,
            Map<String, JsonFieldSettings> schema,
            List<String> columns,
            Map<String, DataType> partitions,
            Optional<String> timeColumn,
            boolean incremental,
            Duration overlap,
            ByteSize splitSize,
            ByteSize recordLimit,
            ByteSize unpackedLimit) {
        FileFormat known = format.or(() -> FileFormat.of(path))
                .orElseThrow(() -> new InvalidSetting(
                        "format", "is missing, and the path does not tell: set parquet, csv or json_lines"));
        if (csv.isPresent() && known != FileFormat.CSV) {
            throw new InvalidSetting("csv", "is for format: csv");
        }
        if (known == FileFormat.PARQUET && compression != FileCompression.AUTO) {
            throw new InvalidSetting("compression", "is for csv and json_lines; Parquet compresses its own pages");
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new InvalidSetting("columns", "names a column twice");
        }
        if (overlap.isNegative()) {
            throw new InvalidSetting("overlap", "must not be negative");
        }
        requireWithin("split_size", splitSize, SMALLEST_SPLIT, Long.MAX_VALUE);
        requireWithin("record_limit", recordLimit, 1 << 10, 1 << 30);
        requireWithin("unpacked_limit", unpackedLimit, 1 << 10, Long.MAX_VALUE);
        SourceOptions options = new SourceOptions(
                PathPattern.parse(path),
                known,
                compression,
                csv.orElse(CsvSettings.DEFAULT),
                new LinkedHashMap<>(schema),
                columns,
                Map.copyOf(partitions),
                timeColumn,
                incremental,
                overlap,
                splitSize.bytes(),
                (int) recordLimit.bytes(),
                unpackedLimit.bytes());
        options.checkSchema();
        return options;
    }

    private static void requireWithin(String key, ByteSize size, long least, long most) {
        if (size.bytes() < least || size.bytes() > most) {
            throw new InvalidSetting(
                    key,
                    "must be at least " + new ByteSize(least)
                            + (most == Long.MAX_VALUE ? "" : " and at most " + new ByteSize(most)) + ", is " + size);
        }
    }

    static void checkLocal(String path) {
        if (path.isBlank()) {
            throw new InvalidSetting("path", "is empty; name a file, a folder or a pattern");
        }
        if (path.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
            throw new InvalidSetting(
                    "path",
                    Storage.isRemote(path)
                            ? "lies on S3; read it with extract: s3"
                            : "must be a path of the local disk, or use extract: s3 for s3://bucket/…");
        }
    }

    static void checkRemote(String path) {
        if (!Storage.isRemote(path)) {
            throw new InvalidSetting("path", "must begin with s3://; read local files with extract: files");
        }
        if (path.substring("s3://".length()).matches("[^/]*[*?\\[{].*") && !path.matches("s3://[^/*?\\[{]+/.*")) {
            throw new InvalidSetting("path", "must name one bucket: its name cannot be a pattern");
        }
    }

    private void checkSchema() {
        if (schema.isEmpty()) {
            return;
        }
        for (String partition : partitions.keySet()) {
            if (schema.containsKey(partition)) {
                throw new InvalidSetting("partitions", "names '" + partition + "', which is also in schema");
            }
        }
        switch (format) {
            case JSON_LINES -> JsonFields.of(schema);
            case CSV -> csvColumns();
            case PARQUET -> schema.forEach((name, field) -> {
                if (field.path().isPresent()
                        || field.epoch().isPresent()
                        || field.zone().isPresent()) {
                    throw new InvalidSetting(
                            "schema",
                            "column '" + name + "': path, epoch and zone are for json_lines"
                                    + " (zone also for csv); Parquet has typed columns of its own");
                }
            });
        }
    }

    /** The declared columns of CSV. */
    List<CsvColumn> csvColumns() {
        List<CsvColumn> declared = new ArrayList<>();
        schema.forEach((name, field) -> {
            if (field.path().isPresent() || field.epoch().isPresent()) {
                throw new InvalidSetting("schema", "column '" + name + "': path and epoch are for json_lines");
            }
            try {
                declared.add(new CsvColumn(name, field.type(), field.required(), field.zone()));
            } catch (IllegalArgumentException unfit) {
                throw new InvalidSetting("schema", unfit.getMessage());
            }
        });
        return declared;
    }

    /** The declared columns of Parquet. */
    Schema parquetColumns() {
        List<Field> declared = new ArrayList<>();
        schema.forEach((name, field) -> declared.add(new Field(name, field.type(), !field.required())));
        return Schema.of(declared);
    }

    /** Whether a file may be read in parts. */
    boolean cuts(String key) {
        boolean plain = compression.of(key) == FileCompression.NONE;
        return switch (format) {
            case PARQUET -> true;
            case JSON_LINES -> plain;
            case CSV -> plain && !csv.quotedNewlines();
        };
    }
}
