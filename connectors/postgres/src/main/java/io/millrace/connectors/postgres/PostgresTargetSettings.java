package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a pipeline file says under {@code load: postgres:}. */
record PostgresTargetSettings(
        @Setting(value = ConnectionSettings.URL, example = ConnectionSettings.URL_EXAMPLE) Optional<String> url,
        @Setting(ConnectionSettings.HOST) Optional<String> host,
        @Setting(ConnectionSettings.PORT) Optional<Integer> port,
        @Setting(ConnectionSettings.DATABASE) Optional<String> database,
        @Setting(
                        value = "The role to log in as; it needs INSERT on the table, for other modes than append also"
                                + " SELECT, UPDATE or DELETE, and a schema millrace that it may create or use.",
                        example = "${env:PGUSER}")
                String user,
        @Setting(value = ConnectionSettings.PASSWORD, example = "${env:PGPASSWORD}") Optional<Secret> password,
        @Setting(
                        value =
                                "The table or partitioned table to write; without a schema: public. Names are taken as they"
                                        + " stand, without folding to lower case.",
                        example = "public.user_behaviors")
                String table,
        @Setting(
                        value = "append adds rows; overwrite replaces all rows; replace_window replaces the rows of the"
                                + " run's window; upsert replaces rows by key. append and upsert show rows piece by piece,"
                                + " the others all at once.",
                        defaultValue = "append")
                LoadMode mode,
        @Setting(
                        value =
                                "evolve creates the table where it is missing, adds missing columns and widens columns that"
                                        + " are too narrow; freeze changes no table.",
                        defaultValue = "evolve")
                SchemaPolicy schema,
        @Setting(ConnectionSettings.SSLMODE) Optional<SslMode> sslmode,
        @Setting(ConnectionSettings.ROOT_CERTIFICATE) Optional<String> rootCertificate,
        @Setting(value = ConnectionSettings.CONNECT_TIMEOUT, defaultValue = "10s") Duration connectTimeout,
        @Setting(value = ConnectionSettings.SOCKET_TIMEOUT, defaultValue = "10m") Duration socketTimeout,
        @Setting(ConnectionSettings.PROPERTIES) Map<String, String> properties,
        @Setting(
                        value =
                                "How long the table millrace.ledger remembers pieces. A run that is resumed later than this"
                                        + " may load its last pieces twice.",
                        defaultValue = "30d")
                Duration ledgerRetention) {
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    PostgresTargetSettings {
        ConnectionSettings connection = new ConnectionSettings(
                url,
                host,
                port,
                database,
                user,
                password,
                sslmode,
                rootCertificate,
                connectTimeout,
                socketTimeout,
                properties);
        properties = connection.properties();
        ConnectionSettings.require("table", Optional.of(table), "must not be empty");
        TableName.parse(table);
        if (ledgerRetention.compareTo(SHORTEST_RETENTION) < 0) {
            throw new InvalidSetting("ledger_retention", "must be at least 1d");
        }
    }

    ConnectionSettings connection() {
        return new ConnectionSettings(
                url,
                host,
                port,
                database,
                user,
                password,
                sslmode,
                rootCertificate,
                connectTimeout,
                socketTimeout,
                properties);
    }
}
