package io.millrace.connectors.postgres;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.SourceFactory;
import java.util.Map;
import java.util.Optional;

/** Makes extractors of tables and queries. */
final class PostgresSource implements SourceFactory<PostgresSourceSettings> {
    @Override
    public Class<PostgresSourceSettings> settings() {
        return PostgresSourceSettings.class;
    }

    @Override
    public Extractor create(PostgresSourceSettings settings, ConnectorContext context) {
        return new PostgresExtractor(settings, settings.server(context.directory()));
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of(QueryText.isQuery(name) ? "query" : "table", name);
    }

    @Override
    public Optional<DataSet> dataSet(PostgresSourceSettings settings, ConnectorContext context) {
        return settings.table()
                .map(table -> settings.server(context.directory()).dataSet(TableName.parse(table)));
    }
}
