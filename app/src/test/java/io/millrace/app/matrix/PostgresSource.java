package io.millrace.app.matrix;

import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Map;

final class PostgresSource implements MatrixSource {
    private final Database database;

    PostgresSource() throws SQLException {
        this.database = EmbeddedPostgres.shared().createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE events (event_id bigint, user_id bigint, event_type text,"
                    + " rating double precision, price numeric(12,2), created_at timestamptz)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?, ?, ?::numeric, ?)")) {
                for (Events.Event event : Events.all()) {
                    insert.setLong(1, event.id());
                    insert.setLong(2, event.user());
                    insert.setString(3, event.type());
                    insert.setObject(4, event.rating(), Types.DOUBLE);
                    insert.setString(5, event.price());
                    insert.setTimestamp(6, Timestamp.from(event.at()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("ANALYZE events");
        }
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String settings() {
        return "postgres: {url: \"${env:SOURCE_URL}\", user: \"${env:SOURCE_USER}\","
                + " password: \"${env:SOURCE_PASSWORD}\", table: events, split_rows: 500, insert_only: true}";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of(
                "SOURCE_URL", database.url(),
                "SOURCE_USER", database.user(),
                "SOURCE_PASSWORD", database.password());
    }
}
