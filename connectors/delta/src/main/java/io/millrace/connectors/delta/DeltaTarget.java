package io.millrace.connectors.delta;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.LakeTable;
import io.millrace.api.Loader;
import io.millrace.api.TargetFactory;
import io.millrace.storage.Storage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes loaders of Delta tables. Touches no class of Delta Kernel before a loader is made. */
final class DeltaTarget implements TargetFactory<DeltaTargetSettings> {
    @Override
    public Class<DeltaTargetSettings> settings() {
        return DeltaTargetSettings.class;
    }

    @Override
    public Loader create(DeltaTargetSettings settings, ConnectorContext context) {
        return new DeltaLoader(
                settings, Storage.at(settings.path(), context.directory(), settings.s3(), context.retry()));
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("path", name);
    }

    @Override
    public Optional<LakeTable> lakeTable(DeltaTargetSettings settings) {
        return Optional.of(new LakeTable(
                LakeTable.Format.DELTA,
                settings.path(),
                settings.partitionBy(),
                settings.mode().writeMode(),
                settings.mode().key(),
                Map.of(
                        "compression", settings.compression().name().toLowerCase(Locale.ROOT),
                        "mergeSchema", Boolean.toString(settings.schema() == SchemaPolicy.EVOLVE))));
    }

    @Override
    public Optional<DataSet> dataSet(DeltaTargetSettings settings, ConnectorContext context) {
        return Optional.of(Storage.dataSet(settings.path(), context.directory(), settings.s3()));
    }
}
