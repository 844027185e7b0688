package io.millrace.connectors.delta;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.LakeTable;
import io.millrace.api.SourceFactory;
import io.millrace.api.WriteMode;
import io.millrace.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes extractors of Delta tables. Touches no class of Delta Kernel before an extractor is made. */
final class DeltaSource implements SourceFactory<DeltaSourceSettings> {
    @Override
    public Class<DeltaSourceSettings> settings() {
        return DeltaSourceSettings.class;
    }

    @Override
    public Extractor create(DeltaSourceSettings settings, ConnectorContext context) {
        return new DeltaExtractor(
                settings, Storage.at(settings.path(), context.directory(), settings.s3(), context.retry()));
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("path", name);
    }

    @Override
    public Optional<LakeTable> lakeTable(DeltaSourceSettings settings) {
        Map<String, String> options = new HashMap<>();
        settings.version().ifPresent(version -> options.put("versionAsOf", Long.toString(version)));
        settings.timestamp().ifPresent(timestamp -> options.put("timestampAsOf", timestamp.toString()));
        return Optional.of(new LakeTable(
                LakeTable.Format.DELTA, settings.path(), List.of(), WriteMode.APPEND, List.of(), Map.copyOf(options)));
    }

    @Override
    public Optional<DataSet> dataSet(DeltaSourceSettings settings, ConnectorContext context) {
        return Optional.of(Storage.dataSet(settings.path(), context.directory(), settings.s3()));
    }
}
