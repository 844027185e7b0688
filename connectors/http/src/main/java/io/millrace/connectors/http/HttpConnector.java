package io.millrace.connectors.http;

import io.millrace.api.Connector;
import io.millrace.api.SourceFactory;
import java.util.Optional;

/** JSON APIs, under the key {@code http}, as a source. */
public final class HttpConnector implements Connector {
    /** For {@link java.util.ServiceLoader}. */
    public HttpConnector() {}

    @Override
    public String name() {
        return "http";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new HttpSource());
    }
}
