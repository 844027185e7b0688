package io.millrace.connectors.postgres;

import io.millrace.api.Extractor;
import io.millrace.api.Secret;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.testkit.extractor.ExtractorContract;
import io.millrace.testkit.extractor.ExtractorSubject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PostgresExtractorTest implements ExtractorContract {
    @Override
    public ExtractorSubject subject() {
        try {
            return new Events(EmbeddedPostgres.shared().createDatabase());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private static final class Events implements ExtractorSubject {
        private static final long INFINITE_ROWS = 3;

        private final SourceUnderTest source;

        Events(Database database) {
            source = SourceUnderTest.table(database, "events").splitRows(500);
            source.run(
                    "CREATE TABLE events (id bigint NOT NULL, text text, price numeric(10,2), created_at timestamptz)",
                    "INSERT INTO events SELECT i, nullif(repeat('é', i % 40), ''), i / 100.0, CASE WHEN i % 50 <> 0 THEN"
                            + " '2024-01-01Z'::timestamptz + i * interval '1 hour' END FROM generate_series(1, 3000) i",
                    "INSERT INTO events SELECT -i, 'bad', 0, 'infinity' FROM generate_series(1, " + INFINITE_ROWS
                            + ") i",
                    "ANALYZE events");
        }

        private SourceUnderTest other() {
            return SourceUnderTest.table(source.database(), "events").splitRows(500);
        }

        @Override
        public Extractor extractor() {
            return source.extractor();
        }

        @Override
        public List<Map<String, Object>> rows() {
            try (Connection connection = source.database().connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT * FROM events WHERE created_at IS NULL OR created_at < 'infinity'")) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (row.next()) {
                    Map<String, Object> record = new LinkedHashMap<>();
                    record.put("id", row.getLong(1));
                    record.put("text", row.getString(2));
                    record.put("price", row.getObject(3, BigDecimal.class));
                    OffsetDateTime time = row.getObject(4, OffsetDateTime.class);
                    record.put("created_at", time == null ? null : time.toInstant());
                    rows.add(record);
                }
                return rows;
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public long undecodableRows() {
            return INFINITE_ROWS;
        }

        @Override
        public void addRows() {
            source.run("INSERT INTO events SELECT (SELECT max(id) FROM events) + i, 'later', 0, '2023-06-01Z'"
                    + " FROM generate_series(1, 10) i");
        }

        @Override
        public Optional<String> secret() {
            return Optional.of(source.database().password());
        }

        @Override
        public Optional<Extractor> missing() {
            return Optional.of(SourceUnderTest.table(source.database(), "event").extractor());
        }

        @Override
        public Optional<Extractor> unreachable() {
            SourceUnderTest away = other();
            away.url = Optional.of("postgresql://127.0.0.1:1/nowhere");
            return Optional.of(away.extractor());
        }

        @Override
        public Optional<Extractor> denied() {
            SourceUnderTest denied = other();
            denied.password = Optional.of(Secret.of("not the password"));
            return Optional.of(denied.extractor());
        }

        @Override
        public Optional<Extractor> silent() {
            return Optional.of(SourceUnderTest.query(source.database(), "SELECT 1 AS id, pg_sleep(90)::text AS slept")
                    .extractor());
        }

        @Override
        public void close() {}
    }
}
