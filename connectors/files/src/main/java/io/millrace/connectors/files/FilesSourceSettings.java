package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.formats.csv.CsvSettings;
import io.millrace.formats.json.JsonFieldSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code extract: files:}. */
record FilesSourceSettings(
        @Setting(
                        value =
                                "A file, a folder, or a pattern with * ? [ab] {a,b} and ** for any folders, relative to the"
                                        + " pipeline file. Of a folder all files are read, also of those below it, except those"
                                        + " whose names begin with '.' or '_'.",
                        example = "raw/dt=*/*.csv.gz")
                String path,
        @Setting(value = SourceKeys.FORMAT, example = "csv") Optional<FileFormat> format,
        @Setting(value = SourceKeys.COMPRESSION, defaultValue = "auto") FileCompression compression,
        @Setting(value = SourceKeys.CSV, example = "{delimiter: \";\"}") Optional<CsvSettings> csv,
        @Setting(value = SourceKeys.SCHEMA, example = "{event_id: int64, ts: timestamp}")
                Map<String, JsonFieldSettings> schema,
        @Setting(value = SourceKeys.COLUMNS, example = "[event_id, ts]") List<String> columns,
        @Setting(value = SourceKeys.PARTITIONS, example = "{dt: date}") Map<String, DataType> partitions,
        @Setting(value = SourceKeys.TIME_COLUMN, example = "created_at") Optional<String> timeColumn,
        @Setting(value = SourceKeys.INCREMENTAL, defaultValue = "false") boolean incremental,
        @Setting(value = SourceKeys.OVERLAP, defaultValue = "1d") Duration overlap,
        @Setting(value = SourceKeys.SPLIT_SIZE, defaultValue = "128MB") ByteSize splitSize,
        @Setting(value = SourceKeys.RECORD_LIMIT, defaultValue = "16MB") ByteSize recordLimit,
        @Setting(value = SourceKeys.UNPACKED_LIMIT, defaultValue = "16GB") ByteSize unpackedLimit) {
    FilesSourceSettings {
        columns = List.copyOf(columns);
        SourceOptions.checkLocal(path);
        SourceOptions.of(
                path,
                format,
                compression,
                csv,
                schema,
                columns,
                partitions,
                timeColumn,
                incremental,
                overlap,
                splitSize,
                recordLimit,
                unpackedLimit);
    }

    SourceOptions options() {
        return SourceOptions.of(
                path,
                format,
                compression,
                csv,
                schema,
                columns,
                partitions,
                timeColumn,
                incremental,
                overlap,
                splitSize,
                recordLimit,
                unpackedLimit);
    }
}
