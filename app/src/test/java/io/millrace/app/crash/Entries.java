package io.millrace.app.crash;

import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table {@code public.entries(id, note)} that tests change while a run is interrupted. */
record Entries(Database database) {
    static final int ROWS = 12_000;

    static Entries create() throws SQLException {
        Entries entries = new Entries(EmbeddedPostgres.shared().createDatabase());
        entries.execute("CREATE TABLE public.entries (id bigint, note text)");
        entries.insert(1, ROWS);
        entries.execute("ANALYZE public.entries");
        return entries;
    }

    /** A pipeline of many small splits that changes nothing but doubles. */
    static String pipeline(boolean insertOnly) {
        return String.format(
                Locale.ROOT,
                """
                pipeline: crash
                extract:
                  postgres:
                    url: ${env:PGURL}
                    user: ${env:PGUSER}
                    password: ${env:PGPASSWORD}
                    table: public.entries
                    split_rows: 1000
                    insert_only: %s
                transform:
                  - deduplicate: {key: [id]}
                load:
                  parquet: {path: lake}
                run: {parallelism: 1, batch_rows: 500, retry: {attempts: 2, initial: 10ms, max: 50ms}}
                """,
                insertOnly);
    }

    void insert(int from, int rows) throws SQLException {
        execute("INSERT INTO public.entries SELECT id, 'note ' || id || repeat('.', 60) FROM generate_series(" + from
                + ", " + (from + rows - 1) + ") AS id");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows now, as {@link Lake#sorted} gives them for {@link #ROW}. */
    List<String> now() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + ROW + " FROM public.entries")) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            all.sort(null);
            return all;
        }
    }

    /** A row as text, in PostgreSQL and in DuckDB. */
    static final String ROW = "id || '|' || note";
}
