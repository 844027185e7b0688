package io.millrace.app.matrix;

import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class PostgresTarget implements MatrixTarget {
    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Place create(Path workspace) {
        try {
            return new Table(EmbeddedPostgres.shared().createDatabase());
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private record Table(Database database) implements Place {
        @Override
        public String settings() {
            return "postgres: {url: \"${env:TARGET_URL}\", user: \"${env:TARGET_USER}\","
                    + " password: \"${env:TARGET_PASSWORD}\", table: loaded}";
        }

        @Override
        public Map<String, String> variables() {
            return Map.of(
                    "TARGET_URL", database.url(),
                    "TARGET_USER", database.user(),
                    "TARGET_PASSWORD", database.password());
        }

        @Override
        public List<String> rows() {
            return texts("SELECT concat_ws(' ', event_id, user_id, event_type, coalesce((rating * 2)::int::text, '-'),"
                            + " (price * 100)::bigint, (extract(epoch FROM created_at) * 1000000)::bigint) FROM loaded")
                    .stream()
                    .sorted()
                    .toList();
        }

        @Override
        public List<String> leftovers() {
            return texts("SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema"
                    + " NOT IN ('pg_catalog', 'information_schema') AND (table_schema, table_name) NOT IN"
                    + " (('public', 'loaded'), ('millrace', 'fence'), ('millrace', 'ledger'))");
        }

        private List<String> texts(String query) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                List<String> texts = new ArrayList<>();
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
                return texts;
            } catch (SQLException failed) {
                throw new AssertionError(failed);
            }
        }
    }
}
