package io.millrace.connectors.postgres;

import io.millrace.api.Connector;
import io.millrace.api.LookupFactory;
import io.millrace.api.SourceFactory;
import io.millrace.api.TargetFactory;
import java.util.Optional;

/** PostgreSQL 13 and newer, under the key {@code postgres}: tables, views and queries as a source, tables as a target and for look-ups. */
public final class PostgresConnector implements Connector {
    /** For {@link java.util.ServiceLoader}. */
    public PostgresConnector() {}

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Optional<SourceFactory<?>> source() {
        return Optional.of(new PostgresSource());
    }

    @Override
    public Optional<TargetFactory<?>> target() {
        return Optional.of(new PostgresTarget());
    }

    @Override
    public Optional<LookupFactory<?>> lookup() {
        return Optional.of(new PostgresLookupSource());
    }
}
