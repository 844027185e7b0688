package io.millrace.connectors.postgres;

import io.millrace.api.BatchReader;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.sandbox.Database;
import io.millrace.testkit.extractor.RecordedRejects;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for a database of the embedded server, to be changed one by one. */
final class SourceUnderTest {
    private final Database database;
    Optional<String> url;
    Optional<String> host = Optional.empty();
    Optional<String> databaseName = Optional.empty();
    String user;
    Optional<Secret> password;
    Optional<String> table = Optional.empty();
    Optional<String> query = Optional.empty();
    List<String> columns = List.of();
    Optional<String> timeColumn = Optional.empty();
    Optional<SslMode> sslmode = Optional.empty();
    Duration socketTimeout = Duration.ofMinutes(1);
    Map<String, String> properties = Map.of();
    long splitRows = 500_000;
    Optional<String> splitBy = Optional.empty();
    boolean insertOnly;
    Optional<Incremental> incremental = Optional.empty();
    Optional<Duration> maxDelay = Optional.empty();

    SourceUnderTest(Database database) {
        this.database = database;
        this.url = Optional.of(database.url());
        this.user = database.user();
        this.password = Optional.of(Secret.of(database.password()));
    }

    static SourceUnderTest table(Database database, String table) {
        SourceUnderTest source = new SourceUnderTest(database);
        source.table = Optional.of(table);
        return source;
    }

    static SourceUnderTest query(Database database, String query) {
        SourceUnderTest source = new SourceUnderTest(database);
        source.query = Optional.of(query);
        return source;
    }

    SourceUnderTest splitRows(long rows) {
        splitRows = rows;
        return this;
    }

    SourceUnderTest columns(String... names) {
        columns = List.of(names);
        return this;
    }

    PostgresSourceSettings settings() {
        return new PostgresSourceSettings(
                url,
                host,
                Optional.empty(),
                databaseName,
                user,
                password,
                table,
                query,
                columns,
                timeColumn,
                sslmode,
                Optional.empty(),
                Duration.ofSeconds(5),
                socketTimeout,
                properties,
                Optional.of(splitRows),
                splitBy,
                insertOnly,
                incremental,
                maxDelay);
    }

    Extractor extractor() {
        return new PostgresSource().create(settings(), new ConnectorContext(Path.of("."), RetryPolicy.NONE));
    }

    Database database() {
        return database;
    }

    void run(String... statements) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    static List<Split> splits(Plan plan) {
        List<Split> splits = new ArrayList<>();
        plan.splits().forEachRemaining(splits::add);
        return splits;
    }

    /** All rows of a full run. */
    List<Map<String, Object>> records() {
        return records(ExtractRequest.everything(100), new RecordedRejects());
    }

    List<Map<String, Object>> records(ExtractRequest request, RecordedRejects rejects) {
        try (Extractor extractor = extractor()) {
            List<Map<String, Object>> records = new ArrayList<>();
            for (Split split : splits(extractor.plan(request))) {
                records.addAll(records(extractor, split, rejects));
            }
            return records;
        }
    }

    static List<Map<String, Object>> records(Extractor extractor, Split split) {
        return records(extractor, split, new RecordedRejects());
    }

    static List<Map<String, Object>> records(Extractor extractor, Split split, RecordedRejects rejects) {
        List<Map<String, Object>> records = new ArrayList<>();
        try (BatchReader reader = extractor.open(split, Optional.empty(), rejects)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                records.addAll(batch.records());
            }
        }
        return records;
    }
}
