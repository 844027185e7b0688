package io.millrace.connectors.files;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.LakeTable;
import io.millrace.api.SourceFactory;
import io.millrace.api.WriteMode;
import io.millrace.storage.S3Settings;
import io.millrace.storage.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes extractors of local files. */
final class FilesSource implements SourceFactory<FilesSourceSettings> {
    @Override
    public Class<FilesSourceSettings> settings() {
        return FilesSourceSettings.class;
    }

    @Override
    public Extractor create(FilesSourceSettings settings, ConnectorContext context) {
        SourceOptions options = settings.options();
        Storage storage =
                Storage.at(options.pattern().root(), context.directory(), S3Settings.DEFAULT, context.retry());
        return new FilesExtractor(storage, options);
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("path", name);
    }

    @Override
    public Optional<LakeTable> lakeTable(FilesSourceSettings settings) {
        return table(settings.path(), settings.options());
    }

    /** Parquet is a table that an engine may read with its own code. */
    static Optional<LakeTable> table(String path, SourceOptions options) {
        return options.format() == FileFormat.PARQUET
                ? Optional.of(
                        new LakeTable(LakeTable.Format.PARQUET, path, List.of(), WriteMode.APPEND, List.of(), Map.of()))
                : Optional.empty();
    }

    @Override
    public Optional<DataSet> dataSet(FilesSourceSettings settings, ConnectorContext context) {
        return Optional.of(dataSet(settings.options().pattern(), context, S3Settings.DEFAULT));
    }

    /** What a pattern has in front of its first wildcard: whoever writes there or above, writes what is read. */
    static DataSet dataSet(PathPattern pattern, ConnectorContext context, S3Settings server) {
        String folder = pattern.root();
        return Storage.dataSet(
                pattern.literal() && !pattern.rest().isEmpty() ? folder + "/" + pattern.rest() : folder,
                context.directory(),
                server);
    }
}
