package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.formats.csv.CsvSettings;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code extract: s3:}. */
record S3SourceSettings(
        @Setting(
                        value =
                                "An object, a prefix, or a pattern with * ? [ab] {a,b} and ** for any folders. Of a prefix all"
                                        + " objects are read, except those whose names, or folders, begin with '.' or '_'.",
                        example = "s3://lake/raw/dt=*/*.csv.gz")
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
        @Setting(value = SourceKeys.UNPACKED_LIMIT, defaultValue = "16GB") ByteSize unpackedLimit,
        @Setting(value = S3Settings.ENDPOINT, example = "http://127.0.0.1:9000") Optional<String> endpoint,
        @Setting(value = S3Settings.REGION, example = "us-east-1") Optional<String> region,
        @Setting(S3Settings.PATH_STYLE) Optional<Boolean> pathStyle,
        @Setting(S3Settings.CREDENTIALS) Optional<S3Credentials> credentials) {
    S3SourceSettings {
        columns = List.copyOf(columns);
        SourceOptions.checkRemote(path);
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
        new S3Settings(endpoint, region, pathStyle, credentials);
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

    S3Settings server() {
        return new S3Settings(endpoint, region, pathStyle, credentials);
    }
}
