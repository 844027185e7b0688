package io.millrace.connectors.files;

import io.millrace.api.Connector;
import io.millrace.api.SourceFactory;
import java.util.Optional;

/** Objects of S3, under the key {@code s3}: Parquet, CSV and JSON lines as a source. */
public final class S3Connector implements Connector {
    @Override
    public String name() {
        return "s3";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new S3Source());
    }
}
