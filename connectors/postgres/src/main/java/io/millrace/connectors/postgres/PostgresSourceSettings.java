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
        @Setting(
                        value =
                                "The server and the database, without user and password. Instead: host, port and database.",
                        example = "postgresql://localhost:5432/recommend")
                Optional<String> url,
        @Setting("The server's host name or address.") Optional<String> host,
        @Setting("The server's port; 5432 where absent.") Optional<Integer> port,
        @Setting("The database's name.") Optional<String> database,
        @Setting(value = "The role to log in as; it needs SELECT on what is read.", example = "${env:PGUSER}")
                String user,
        @Setting(value = "The role's password.", example = "${env:PGPASSWORD}") Optional<Secret> password,
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
        @Setting("How the connection is encrypted and the server checked; prefer where absent.")
                Optional<SslMode> sslmode,
        @Setting("A file of certificates that sign the server's, for verify_ca and verify_full.")
                Optional<String> rootCertificate,
        @Setting(value = "How long to wait for a connection.", defaultValue = "10s") Duration connectTimeout,
        @Setting(
                        value =
                                "How long the server may stay silent within an answer before the connection counts as dead; "
                                        + "0s waits for ever.",
                        defaultValue = "10m")
                Duration socketTimeout,
        @Setting("Further properties of the driver, from a fixed list.") Map<String, String> properties,
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
        properties = Map.copyOf(properties);
        if (url.isPresent()) {
            ServerUrl.parse(url.get());
            refuseBesideUrl("host", host);
            refuseBesideUrl("port", port);
            refuseBesideUrl("database", database);
        } else {
            require("host", host, "is missing; give url, or host and database");
            require("database", database, "is missing; give url, or host and database");
        }
        if (host.isPresent() && !host.get().matches("[A-Za-z0-9._:-]+")) {
            throw new InvalidSetting("host", "must be one host name or address, not '" + host.get() + "'");
        }
        if (port.isPresent() && (port.get() < 1 || port.get() > 65_535)) {
            throw new InvalidSetting("port", "must be 1 to 65535, not " + port.get());
        }
        require("user", Optional.of(user), "must not be empty");
        if (table.isPresent() && query.isPresent()) {
            throw new InvalidSetting("query", "stands beside table; give one of the two");
        }
        require("table", table.or(() -> query), "is missing; give table or query");
        table.ifPresent(TableName::parse);
        query.ifPresent(QueryText::check);
        checkColumns(columns);
        positive("connect_timeout", connectTimeout);
        if (socketTimeout.isNegative()) {
            throw new InvalidSetting("socket_timeout", "must not be negative");
        }
        DriverProperties.check(properties);
        if (splitRows.isPresent() && splitRows.get() < 1) {
            throw new InvalidSetting("split_rows", "must be at least 1");
        }
        checkIncremental(incremental, maxDelay, query);
    }

    /** The server to connect to; relative paths are resolved against the directory. */
    Server server(Path directory) {
        Optional<ServerUrl> parsed = url.map(ServerUrl::parse);
        return new Server(
                parsed.map(ServerUrl::host).or(() -> host).orElseThrow(),
                parsed.map(ServerUrl::port).or(() -> port).orElse(ServerUrl.DEFAULT_PORT),
                parsed.map(ServerUrl::database).or(() -> database).orElseThrow(),
                user,
                password,
                sslmode.or(() -> parsed.flatMap(ServerUrl::sslmode)).orElse(SslMode.PREFER),
                rootCertificate
                        .or(() -> parsed.flatMap(ServerUrl::rootCertificate))
                        .map(directory::resolve),
                connectTimeout,
                socketTimeout,
                properties);
    }

    private static void refuseBesideUrl(String key, Optional<?> value) {
        if (value.isPresent()) {
            throw new InvalidSetting(key, "stands beside url, which already says it; give one of the two");
        }
    }

    private static void require(String key, Optional<String> value, String problem) {
        if (value.isEmpty() || value.get().isBlank()) {
            throw new InvalidSetting(key, problem);
        }
    }

    private static void positive(String key, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidSetting(key, "must be more than zero");
        }
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
            positive("max_delay", maxDelay.get());
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
