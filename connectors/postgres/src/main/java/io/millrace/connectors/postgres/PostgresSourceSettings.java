package io.millrace.connectors.postgres;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a pipeline file says under {@code extract: postgres:}. */
record PostgresSourceSettings(
        @Setting(value = ConnectionSettings.URL, example = ConnectionSettings.URL_EXAMPLE) Optional<String> url,
        @Setting(ConnectionSettings.HOST) Optional<String> host,
        @Setting(ConnectionSettings.PORT) Optional<Integer> port,
        @Setting(ConnectionSettings.DATABASE) Optional<String> database,
        @Setting(value = "The role to log in as; it needs SELECT on what is read.", example = "${env:PGUSER}")
                String user,
        @Setting(value = ConnectionSettings.PASSWORD, example = "${env:PGPASSWORD}") Optional<Secret> password,
        @Setting(
                        value =
                                "The table, partitioned table, view or foreign table to read; without a schema: public. Names "
                                        + "are taken as they stand, without folding to lower case.",
                        example = "public.user_behaviors")
                Optional<String> table,
        @Setting(
                        value =
                                "A SELECT to read instead of a table; it runs read-only, as a subselect, with search_path public.",
                        example = "SELECT id, price::numeric AS price FROM public.items")
                Optional<String> query,
        @Setting(value = "The columns to read, in this order; all where absent.", example = "[event_id, user_id]")
                List<String> columns,
        @Setting(
                        value =
                                "The column that --start and --end act on: timestamptz, timestamp (read as UTC) or date. "
                                        + "Where absent, created_at if there is such a column.",
                        example = "created_at")
                Optional<String> timeColumn,
        @Setting(ConnectionSettings.SSLMODE) Optional<SslMode> sslmode,
        @Setting(ConnectionSettings.ROOT_CERTIFICATE) Optional<String> rootCertificate,
        @Setting(value = ConnectionSettings.CONNECT_TIMEOUT, defaultValue = "10s") Duration connectTimeout,
        @Setting(value = ConnectionSettings.SOCKET_TIMEOUT, defaultValue = "10m") Duration socketTimeout,
        @Setting(ConnectionSettings.PROPERTIES) Map<String, String> properties,
        @Setting(
                        value = "About how many rows make a split; absent: as many as give every processor two splits,"
                                + " 500,000 to 4,000,000.",
                        example = "500000")
                Optional<Long> splitRows,
        @Setting("An integer column by whose ranges a view or a query is split; tables need none.")
                Optional<String> splitBy,
        @Setting(
                        value =
                                "Promises that rows are only ever inserted, so that an interrupted run goes on without looking "
                                        + "for updates and deletes.",
                        defaultValue = "false")
                boolean insertOnly,
        @Setting(
                        value =
                                "Makes runs without --start and --end take only what is new since the previous one: snapshot "
                                        + "by transaction ids, for tables; {overlap, key} by the time column, for everything else.",
                        example = "snapshot")
                Optional<Incremental> incremental,
        @Setting(
                        value =
                                "With incremental: snapshot, promises that no row's time column lies further back when the row "
                                        + "is written, so that an increment need not scan the whole table.",
                        example = "2d")
                Optional<Duration> maxDelay) {
    PostgresSourceSettings {
        columns = List.copyOf(columns);
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
        if (table.isPresent() && query.isPresent()) {
            throw new InvalidSetting("query", "stands beside table; give one of the two");
        }
        ConnectionSettings.require("table", table.or(() -> query), "is missing; give table or query");
        table.ifPresent(TableName::parse);
        query.ifPresent(QueryText::check);
        checkColumns(columns);
        if (splitRows.isPresent() && splitRows.get() < 1) {
            throw new InvalidSetting("split_rows", "must be at least 1");
        }
        checkIncremental(incremental, maxDelay, query);
    }

    /** The server to connect to; relative paths are resolved against the directory. */
    Server server(Path directory) {
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
                        properties)
                .server(directory);
    }

    private static void checkIncremental(
            Optional<Incremental> incremental, Optional<Duration> maxDelay, Optional<String> query) {
        boolean snapshot = incremental.filter(BySnapshot.class::isInstance).isPresent();
        if (snapshot && query.isPresent()) {
            throw new InvalidSetting(
                    "incremental",
                    "is snapshot, which needs a table: the rows of a query have no versions; write {overlap: 10m, key: […]}");
        }
        if (maxDelay.isPresent()) {
            if (!snapshot) {
                throw new InvalidSetting("max_delay", "is for incremental: snapshot only");
            }
            if (maxDelay.get().isNegative() || maxDelay.get().isZero()) {
                throw new InvalidSetting("max_delay", "must be more than zero");
            }
        }
    }

    private static void checkColumns(List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new InvalidSetting("columns", "names '" + column + "' twice");
            }
        }
    }
}
