package io.millrace.connectors.postgres;

import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pipeline file says under {@code enrich: from: postgres:}. */
record PostgresLookupSettings(
        @Setting(value = ConnectionSettings.URL, example = ConnectionSettings.URL_EXAMPLE) Optional<String> url,
        @Setting(ConnectionSettings.HOST) Optional<String> host,
        @Setting(ConnectionSettings.PORT) Optional<Integer> port,
        @Setting(ConnectionSettings.DATABASE) Optional<String> database,
        @Setting(value = "The role to log in as; it needs SELECT on the table.", example = "${env:PGUSER}") String user,
        @Setting(value = ConnectionSettings.PASSWORD, example = "${env:PGPASSWORD}") Optional<Secret> password,
        @Setting(
                        value = "The table or view to look keys up in; without a schema: public. An index on the key"
                                + " columns keeps look-ups fast.",
                        example = "public.items")
                String table,
        @Setting(value = "The columns of the answers; all where absent.", example = "[item_title, price]")
                List<String> columns,
        @Setting(ConnectionSettings.SSLMODE) Optional<SslMode> sslmode,
        @Setting(ConnectionSettings.ROOT_CERTIFICATE) Optional<String> rootCertificate,
        @Setting(value = ConnectionSettings.CONNECT_TIMEOUT, defaultValue = "10s") Duration connectTimeout,
        @Setting(value = ConnectionSettings.SOCKET_TIMEOUT, defaultValue = "10m") Duration socketTimeout,
        @Setting(ConnectionSettings.PROPERTIES) Map<String, String> properties) {
    PostgresLookupSettings {
        columns = List.copyOf(columns);
        properties = new ConnectionSettings(
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
                        properties)
                .properties();
        TableName.parse(table);
    }

    /** The same table as a source: what is found in the catalog, and which columns can be read, is the same question. */
    PostgresSourceSettings source() {
        return new PostgresSourceSettings(
                url,
                host,
                port,
                database,
                user,
                password,
                Optional.of(table),
                Optional.empty(),
                columns,
                Optional.empty(),
                sslmode,
                rootCertificate,
                connectTimeout,
                socketTimeout,
                properties,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
