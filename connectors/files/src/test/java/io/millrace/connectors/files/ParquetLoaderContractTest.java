package io.millrace.connectors.files;

import io.millrace.api.ByteSize;
import io.millrace.api.StagingLoader;
import io.millrace.api.WriteMode;
import io.millrace.formats.parquet.ParquetCompression;
import io.millrace.testkit.loader.StagingLoaderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class ParquetLoaderContractTest extends StagingLoaderContract {
    @TempDir
    Path folder;

    static ParquetTargetSettings settings(ParquetTargetSettings.Mode mode, List<String> partitionBy) {
        return new ParquetTargetSettings(
                "lake",
                partitionBy,
                mode,
                ParquetCompression.ZSTD,
                Optional.empty(),
                ByteSize.parse("128MB"),
                ByteSize.parse("512MB"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    protected StagingLoader loader(WriteMode mode, List<String> partitionBy) {
        return new ParquetLoader(
                settings(ParquetTargetSettings.Mode.valueOf(mode.name()), partitionBy), folder.resolve("lake"));
    }

    @Override
    protected List<Map<String, Object>> visible() {
        try {
            return DuckDb.read(folder.resolve("lake"));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    protected List<WriteMode> modes() {
        return List.of(WriteMode.APPEND, WriteMode.OVERWRITE, WriteMode.OVERWRITE_PARTITIONS);
    }

    @Override
    protected boolean partitions() {
        return true;
    }

    @Override
    protected int leftovers() {
        try (var files = Files.walk(folder.resolve("lake/.millrace"))) {
            return (int) files.filter(file -> file.toString().matches(".*\\.(open|staged|tmp)"))
                    .count();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
