package io.millrace.connectors.postgres;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DirectLoader;
import io.millrace.api.Lineage;
import io.millrace.api.Loader;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.StagingLoader;
import io.millrace.api.data.Schema;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.loader.DirectRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for a table of the embedded server, to be changed one by one. */
final class TargetUnderTest {
    static final Lineage LINEAGE = new Lineage("tests", "t-1");

    private final Database database;
    Optional<String> url;
    String user;
    Optional<Secret> password;
    String table = "target";
    LoadMode mode = new Append();
    SchemaPolicy schema = SchemaPolicy.EVOLVE;
    Duration socketTimeout = Duration.ofMinutes(1);
    Duration ledgerRetention = Duration.ofDays(30);

    TargetUnderTest(Database database) {
        this.database = database;
        this.url = Optional.of(database.url());
        this.user = database.user();
        this.password = Optional.of(Secret.of(database.password()));
    }

    /** An empty database. */
    static TargetUnderTest fresh() {
        try {
            return new TargetUnderTest(EmbeddedPostgres.shared().createDatabase());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    TargetUnderTest mode(LoadMode chosen) {
        mode = chosen;
        return this;
    }

    TargetUnderTest upsert(List<String> key, String... orderBy) {
        return mode(new Upsert(key, List.of(orderBy)));
    }

    TargetUnderTest port(int port) {
        url = Optional.of("postgresql://127.0.0.1:" + port + "/" + database.name());
        return this;
    }

    PostgresTargetSettings settings() {
        return new PostgresTargetSettings(
                url,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                user,
                password,
                table,
                mode,
                schema,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5),
                socketTimeout,
                Map.of(),
                ledgerRetention);
    }

    Loader loader() {
        return new PostgresTarget().create(settings(), new ConnectorContext(Path.of("."), RetryPolicy.NONE));
    }

    DirectLoader direct() {
        return (DirectLoader) loader();
    }

    StagingLoader staging() {
        return (StagingLoader) loader();
    }

    /** A run of a lineage of its own. */
    DirectRun run(Schema columns) {
        return new DirectRun(direct(), columns, LINEAGE, "run-1");
    }

    Database database() {
        return database;
    }

    SourceUnderTest source() {
        return SourceUnderTest.table(database, table);
    }

    void execute(String... statements) {
        source().run(statements);
    }

    /** What an ordinary client sees. */
    List<Map<String, Object>> query(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<Map<String, Object>> all = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), object(rows, i, columns.getColumnTypeName(i)));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Object object(ResultSet rows, int column, String type) throws SQLException {
        if (type.equals("timestamptz")) {
            OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        return rows.getObject(column);
    }

    /** The first column of all rows, as text. */
    List<String> column(String sql) {
        return query(sql).stream()
                .map(row -> String.valueOf(row.values().iterator().next()))
                .toList();
    }

    /** The names of all tables that are not the server's own. */
    List<String> tables() {
        return column("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog',"
                + " 'information_schema') ORDER BY 1");
    }

    /** The table's rows, none where there is no table. */
    List<Map<String, Object>> visible() {
        return tables().contains("public." + table) ? query("SELECT * FROM \"" + table + "\"") : List.of();
    }
}
