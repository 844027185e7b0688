package io.millrace.connectors.files;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.LakeTable;
import io.millrace.api.SourceFactory;
import io.millrace.storage.Storage;
import java.util.Map;
import java.util.Optional;

/** Makes extractors of objects in S3. */
final class S3Source implements SourceFactory<S3SourceSettings> {
    @Override
    public Class<S3SourceSettings> settings() {
        return S3SourceSettings.class;
    }

    @Override
    public Extractor create(S3SourceSettings settings, ConnectorContext context) {
        SourceOptions options = settings.options();
        Storage storage = Storage.at(options.pattern().root(), context.directory(), settings.server(), context.retry());
        return new FilesExtractor(storage, options);
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("path", name);
    }

    @Override
    public Optional<LakeTable> lakeTable(S3SourceSettings settings) {
        return FilesSource.table(settings.path(), settings.options());
    }

    @Override
    public Optional<DataSet> dataSet(S3SourceSettings settings, ConnectorContext context) {
        return Optional.of(FilesSource.dataSet(settings.options().pattern(), context, settings.server()));
    }
}
