package io.millrace.connectors.files;

import io.millrace.api.Connector;
import io.millrace.api.SourceFactory;
import java.util.Optional;

/** Files of the local disk, under the key {@code files}: Parquet, CSV and JSON lines as a source. */
public final class FilesConnector implements Connector {
    @Override
    public String name() {
        return "files";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new FilesSource());
    }
}
