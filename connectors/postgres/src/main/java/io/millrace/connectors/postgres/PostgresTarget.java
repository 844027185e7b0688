package io.millrace.connectors.postgres;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Loader;
import io.millrace.api.TargetFactory;
import io.millrace.api.WriteMode;
import java.util.Map;
import java.util.Optional;

/** Makes loaders of tables: of which kind is a matter of the mode. */
final class PostgresTarget implements TargetFactory<PostgresTargetSettings> {
    @Override
    public Class<PostgresTargetSettings> settings() {
        return PostgresTargetSettings.class;
    }

    @Override
    public Loader create(PostgresTargetSettings settings, ConnectorContext context) {
        LoadTarget target = new LoadTarget(settings, settings.connection().server(context.directory()));
        WriteMode mode = settings.mode().writeMode();
        return mode == WriteMode.APPEND || mode == WriteMode.UPSERT
                ? new PostgresDirectLoader(target)
                : new PostgresStagingLoader(target);
    }

    @Override
    public Map<String, String> settingsFor(String name) {
        return Map.of("table", name);
    }

    @Override
    public Optional<DataSet> dataSet(PostgresTargetSettings settings, ConnectorContext context) {
        return Optional.of(
                settings.connection().server(context.directory()).dataSet(TableName.parse(settings.table())));
    }
}
