package io.millrace.connectors.delta;

import io.millrace.api.ByteSize;
import io.millrace.formats.parquet.ParquetCompression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What tests say in pipeline files; without any class of Delta Kernel. */
final class TestSettings {
    private TestSettings() {}

    static DeltaTargetSettings settings(LoadMode mode, List<String> partitionBy) {
        return settings(mode, partitionBy, SchemaPolicy.EVOLVE, "1GB");
    }

    static DeltaTargetSettings settings(
            LoadMode mode, List<String> partitionBy, SchemaPolicy schema, String upsertLimit) {
        return new DeltaTargetSettings(
                "lake",
                partitionBy,
                mode,
                schema,
                ParquetCompression.ZSTD,
                Optional.empty(),
                ByteSize.parse("128MB"),
                ByteSize.parse("512MB"),
                Duration.ofDays(30),
                ByteSize.parse(upsertLimit),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static DeltaSourceSettings source(String splitSize, String... columns) {
        return new DeltaSourceSettings(
                "lake",
                Optional.empty(),
                Optional.empty(),
                List.of(columns),
                Optional.empty(),
                false,
                ChangePolicy.REFUSE,
                ByteSize.parse(splitSize),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static DeltaSourceSettings increments(ChangePolicy changes) {
        DeltaSourceSettings plain = source("128MB");
        return new DeltaSourceSettings(
                plain.path(),
                plain.version(),
                plain.timestamp(),
                plain.columns(),
                plain.timeColumn(),
                true,
                changes,
                plain.splitSize(),
                plain.endpoint(),
                plain.region(),
                plain.pathStyle(),
                plain.credentials());
    }
}
