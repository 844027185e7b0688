package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.WriteMode;
import io.millrace.formats.parquet.ParquetCompression;
import io.millrace.formats.parquet.ParquetOptions;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code load: parquet:}. */
record ParquetTargetSettings(
        @Setting(
                        value =
                                "The folder to write into, relative to the pipeline file and created where it is missing, or"
                                        + " a prefix of a bucket, s3://bucket/prefix.",
                        example = "lake/events")
                String path,
        @Setting(
                        value =
                                "Columns whose values become folders such as date=2024-01-01, outermost first. They are not"
                                        + " stored inside the files.",
                        example = "[date]")
                List<String> partitionBy,
        @Setting(
                        value = "append adds files; overwrite replaces all Parquet files of the folder;"
                                + " overwrite_partitions replaces those of the partitions that the run has rows for.",
                        defaultValue = "append")
                Mode mode,
        @Setting(value = "How pages are compressed.", defaultValue = "zstd") ParquetCompression compression,
        @Setting("The level of zstd (1 to 22, usually 1) or gzip (1 to 9, usually 6): higher is smaller and slower.")
                Optional<Integer> compressionLevel,
        @Setting(
                        value =
                                "A row group ends when its compressed pages have grown to this. Each writer holds one on"
                                        + " the heap.",
                        defaultValue = "128MB")
                ByteSize rowGroupSize,
        @Setting(value = "A file ends and the next begins when it has grown to about this.", defaultValue = "512MB")
                ByteSize fileSize,
        @Setting(value = S3Settings.ENDPOINT, example = "http://127.0.0.1:9000") Optional<String> endpoint,
        @Setting(value = S3Settings.REGION, example = "us-east-1") Optional<String> region,
        @Setting(S3Settings.PATH_STYLE) Optional<Boolean> pathStyle,
        @Setting(S3Settings.CREDENTIALS) Optional<S3Credentials> credentials) {
    private static final long SMALLEST = 64 << 10;

    /** What happens to rows that are already there. */
    enum Mode {
        APPEND(WriteMode.APPEND),
        OVERWRITE(WriteMode.OVERWRITE),
        OVERWRITE_PARTITIONS(WriteMode.OVERWRITE_PARTITIONS);

        private final WriteMode writeMode;

        Mode(WriteMode writeMode) {
            this.writeMode = writeMode;
        }

        WriteMode writeMode() {
            return writeMode;
        }
    }

    ParquetTargetSettings {
        partitionBy = List.copyOf(partitionBy);
        if (path.isBlank()) {
            throw new InvalidSetting("path", "is empty; name a folder, such as lake/events");
        }
        if (new HashSet<>(partitionBy).size() < partitionBy.size()) {
            throw new InvalidSetting("partition_by", "names a column twice");
        }
        if (mode == Mode.OVERWRITE_PARTITIONS && partitionBy.isEmpty()) {
            throw new InvalidSetting(
                    "mode", "overwrite_partitions needs partition_by; without partitions, use overwrite or append");
        }
        compressionLevel.ifPresent(level -> checkLevel(compression, level));
        checkSize("row_group_size", rowGroupSize);
        checkSize("file_size", fileSize);
        S3Settings server = new S3Settings(endpoint, region, pathStyle, credentials);
        if (server.isSet() && !Storage.isRemote(path)) {
            throw new InvalidSetting(
                    "path", "lies on the local disk, but endpoint, region, path_style and credentials are for s3://");
        }
    }

    S3Settings server() {
        return new S3Settings(endpoint, region, pathStyle, credentials);
    }

    private static void checkLevel(ParquetCompression compression, int level) {
        if (!compression.hasLevels()) {
            throw new InvalidSetting("compression_level", "only zstd and gzip have levels; leave it out");
        }
        if (level < compression.lowestLevel() || level > compression.highestLevel()) {
            throw new InvalidSetting(
                    "compression_level",
                    "must be " + compression.lowestLevel() + " to " + compression.highestLevel() + ", is " + level);
        }
    }

    private static void checkSize(String key, ByteSize size) {
        if (size.bytes() < SMALLEST) {
            throw new InvalidSetting(key, "must be at least 64KB, is " + size);
        }
    }

    ParquetOptions options(Map<String, String> metadata) {
        return new ParquetOptions(
                compression, compressionLevel.orElse(compression.usualLevel()), rowGroupSize.bytes(), metadata);
    }
}
