package io.millrace.connectors.delta;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.formats.parquet.ParquetCompression;
import io.millrace.formats.parquet.ParquetOptions;
import io.millrace.storage.S3Credentials;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code load: delta:}. */
record DeltaTargetSettings(
        @Setting(
                        value =
                                "The table's folder, relative to the pipeline file, or s3://bucket/prefix; created where it"
                                        + " is missing.",
                        example = "lake/behaviors")
                String path,
        @Setting(
                        value =
                                "Columns by whose values the table is divided, outermost first. They are not stored inside"
                                        + " the files.",
                        example = "[date]")
                List<String> partitionBy,
        @Setting(
                        value = "append adds rows; overwrite replaces all rows; overwrite_partitions replaces the"
                                + " partitions that the run has rows for; {upsert: {key: [id]}} replaces the rows whose"
                                + " key the run has too.",
                        defaultValue = "append")
                LoadMode mode,
        @Setting(
                        value =
                                "evolve adds columns that are new to the table, and leaves those null that the run lacks;"
                                        + " freeze refuses both.",
                        defaultValue = "evolve")
                SchemaPolicy schema,
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
        @Setting(
                        value =
                                "How long other writers keep a run's identifier in a table that this run creates; longer"
                                        + " than any run may wait for its resumption.",
                        defaultValue = "30d")
                Duration transactionRetention,
        @Setting(
                        value =
                                "An upsert into a table that holds more than this is refused, because it may have to write all"
                                        + " of it anew in one process; engine: spark has no such limit.",
                        defaultValue = "10GB")
                ByteSize upsertLimit,
        @Setting(S3Settings.ENDPOINT) Optional<String> endpoint,
        @Setting(S3Settings.REGION) Optional<String> region,
        @Setting(S3Settings.PATH_STYLE) Optional<Boolean> pathStyle,
        @Setting(S3Settings.CREDENTIALS) Optional<S3Credentials> credentials) {
    private static final long SMALLEST = 64 << 10;

    DeltaTargetSettings {
        partitionBy = List.copyOf(partitionBy);
        if (path.isBlank()) {
            throw new InvalidSetting("path", "is empty; name a folder, such as lake/events");
        }
        if (new HashSet<>(partitionBy).size() < partitionBy.size()) {
            throw new InvalidSetting("partition_by", "names a column twice");
        }
        if (mode instanceof LoadMode.OverwritePartitions && partitionBy.isEmpty()) {
            throw new InvalidSetting(
                    "mode", "overwrite_partitions needs partition_by; without partitions, use overwrite or append");
        }
        compressionLevel.ifPresent(level -> checkLevel(compression, level));
        checkSize("row_group_size", rowGroupSize);
        checkSize("file_size", fileSize);
        if (transactionRetention.compareTo(Duration.ofHours(1)) < 0) {
            throw new InvalidSetting("transaction_retention", "must be at least 1h");
        }
        requireRemote(path, new S3Settings(endpoint, region, pathStyle, credentials));
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

    /** Refuses keys that a local path would ignore. */
    static void requireRemote(String path, S3Settings s3) {
        if (s3.isSet() && !Storage.isRemote(path)) {
            throw new InvalidSetting(
                    "path",
                    "is a local folder, for which endpoint, region, path_style and credentials mean nothing;"
                            + " write s3://bucket/prefix, or leave them out");
        }
    }

    S3Settings s3() {
        return new S3Settings(endpoint, region, pathStyle, credentials);
    }

    ParquetOptions options(Map<String, String> metadata) {
        return new ParquetOptions(
                compression, compressionLevel.orElse(compression.usualLevel()), rowGroupSize.bytes(), metadata);
    }
}
