package io.millrace.connectors.postgres;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Lookup;
import io.millrace.api.LookupFactory;

/** Makes look-ups in tables and views. */
final class PostgresLookupSource implements LookupFactory<PostgresLookupSettings> {
    @Override
    public Class<PostgresLookupSettings> settings() {
        return PostgresLookupSettings.class;
    }

    @Override
    public Lookup create(PostgresLookupSettings settings, ConnectorContext context) {
        PostgresSourceSettings source = settings.source();
        return new PostgresLookup(source, source.server(context.directory()));
    }
}
