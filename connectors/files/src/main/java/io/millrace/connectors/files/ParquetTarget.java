package io.millrace.connectors.files;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.LakeTable;
import io.millrace.api.Loader;
import io.millrace.api.TargetFactory;
import io.millrace.storage.Storage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes loaders of Parquet folders. */
final class ParquetTarget implements TargetFactory<ParquetTargetSettings> {
    @Override
    public Class<ParquetTargetSettings> settings() {
        return ParquetTargetSettings.class;
    }

    @Override
    public Loader create(ParquetTargetSettings settings, ConnectorContext context) {
        return Storage.isRemote(settings.path())
                ? new RemoteParquetLoader(
                        settings, Storage.at(settings.path(), context.directory(), settings.server(), context.retry()))
                : new ParquetLoader(settings, context.directory().resolve(settings.path()));
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("path", name);
    }

    @Override
    public Optional<LakeTable> lakeTable(ParquetTargetSettings settings) {
        return Optional.of(new LakeTable(
                LakeTable.Format.PARQUET,
                settings.path(),
                settings.partitionBy(),
                settings.mode().writeMode(),
                List.of(),
                Map.of("compression", settings.compression().name().toLowerCase(Locale.ROOT))));
    }

    @Override
    public Optional<DataSet> dataSet(ParquetTargetSettings settings, ConnectorContext context) {
        return Optional.of(Storage.dataSet(settings.path(), context.directory(), settings.server()));
    }
}
