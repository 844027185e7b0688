package io.millrace.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.embedded.LoadResult;
import io.millrace.core.embedded.Pipeline;
import io.millrace.core.embedded.PipelineOptions;
import io.millrace.core.embedded.PipelineStatus;
import io.millrace.core.embedded.RejectedRecord;
import io.millrace.core.embedded.Source;
import io.millrace.core.embedded.Statistics;
import io.millrace.core.embedded.Target;
import io.millrace.core.embedded.TransformResult;
import io.millrace.core.embedded.Transformer;
import io.millrace.core.run.RunReport;
import io.millrace.formats.parquet.ParquetBatchReader;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.Dirt;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EventGenerator;
import io.millrace.sandbox.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/java-api.md, against a real database. What stands between two markers is shown there. */
class ExamplesTest {
    private static final EventGenerator EVENTS = EventGenerator.of(20_000, 7, Dirt.defaults());

    private static Database database;

    @TempDir
    Path folder;

    private final List<Map<String, Object>> processed = new ArrayList<>();

    @BeforeAll
    static void fill() throws SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            EVENTS.loadEvents(connection, "user_behaviors");
            statement.execute("CREATE TABLE users (id bigint NOT NULL, name text, created_at timestamptz)");
            statement.execute("INSERT INTO users SELECT i, 'user ' || i, timestamptz '2024-01-01 00:00:00Z'"
                    + " + i * interval '1 hour' FROM generate_series(0, 99) i");
        }
    }

    private static Map<String, Object> settings() {
        String host = database.host();
        int port = database.port();
        String name = database.name();
        String user = database.user();
        String password = database.password();
        // example: settings
        Map<String, Object> settings = Map.of(
                "host", host, // "localhost"
                "port", port, // 5432
                "database", name, // "recommend"
                "user", user,
                "password", password);
        // end
        return settings;
    }

    private void process(Map<String, Object> row) {
        processed.add(row);
    }

    @Test
    void readsATableRowByRow() {
        Map<String, Object> settings = settings();
        // example: extract
        try (Source source = Source.of("postgres", settings).connect();
                Stream<Map<String, Object>> rows = source.extract("users")) {
            rows.forEach(row -> process(row));
        }
        // end
        assertThat(processed)
                .hasSize(100)
                .contains(Map.of("id", 3L, "name", "user 3", "created_at", Instant.parse("2024-01-01T03:00:00Z")));
    }

    @Test
    void readsAWindowAndAQuery() {
        try (Source source = Source.of("postgres", settings()).connect()) {
            // example: window
            Instant start = Instant.parse("2024-01-02T00:00:00Z");
            Instant end = Instant.parse("2024-01-03T00:00:00Z");
            try (Stream<Map<String, Object>> day = source.extract("users", start, end, 1_000)) {
                day.forEach(row -> process(row));
            }
            try (Stream<Map<String, Object>> query = source.extract("SELECT id FROM users WHERE id < 10")) {
                query.forEach(row -> process(row));
            }
            // end
        }
        assertThat(processed).hasSize(24 + 10).contains(Map.of("id", 7L));
    }

    @Test
    void tellsColumnsAndRowCount() {
        try (Source source = Source.of("postgres", settings()).connect()) {
            // example: schema
            Schema schema = source.schema("users"); // (id int64 not null, name string, created_at timestamp)
            long rows = source.rowCount("users"); // 100
            // end
            assertThat(schema).hasToString("(id int64 not null, name string, created_at timestamp)");
            assertThat(rows).isEqualTo(100);
        }
    }

    @Test
    void tellsAWrongPasswordAndAMissingTable() {
        Map<String, Object> wrong = new HashMap<>(settings());
        wrong.put("password", "wrong");
        try (Source denied = Source.of("postgres", wrong).connect();
                Source source = Source.of("postgres", settings()).connect()) {
            assertThatThrownBy(() -> denied.extract("users"))
                    .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(ErrorKind.DENIED));
            assertThatThrownBy(() -> source.extract("user"))
                    .isInstanceOfSatisfying(MillraceException.class, failed -> assertThat(failed.kind())
                            .isEqualTo(ErrorKind.USER))
                    .hasMessageContaining("users");
        }
    }

    @Test
    void transformsSingleRecordsAndBatches() {
        // example: transform
        Transformer clean = Transformer.of(
                "clean",
                Map.of(
                        "nulls", Map.of("user_id", "reject"),
                        "types", Map.of("rating", "float64")));

        Map<String, Object> record = clean.transform(Map.of("user_id", 7, "rating", " 4.5 ", "page", "a  b"));
        // {user_id=7, rating=4.5, page=a b}

        TransformResult result = clean.transformBatch(List.of(
                Map.of("user_id", 7, "rating", "4.5", "page", "x"),
                Map.of("user_id", 8, "rating", "good", "page", "y")));
        // result.records(): the first; result.rejected(): the second, with column "rating" and the reason
        // end
        assertThat(record).isEqualTo(Map.of("user_id", 7L, "rating", 4.5, "page", "a b"));
        assertThat(result.records()).hasSize(1);
        assertThat(result.rejected()).extracting(RejectedRecord::column).containsExactly("rating");
    }

    @Test
    void removesDuplicates() {
        // example: deduplicate
        Transformer once = Transformer.deduplicate("event_id");
        once.transform(Map.of("event_id", 1L)); // the record
        once.transform(Map.of("event_id", 1L)); // null: seen before
        once.reset();
        once.transform(Map.of("event_id", 1L)); // the record
        // end
        assertThat(once.transform(Map.of("event_id", 1L))).isNull();
    }

    @Test
    void writesRecordsToParquet() throws IOException {
        Path events = folder.resolve("events");
        boolean loaded;
        LoadResult result;
        // example: load
        Schema schema = Schema.of(Field.of("event_id", DataType.INT64), Field.of("event_type", DataType.STRING));
        try (Target target = Target.of("parquet", Map.of("path", events))) {
            target.createTableIfNotExists(schema);
            loaded = target.load(Map.of("event_id", 1, "event_type", "view"));
            result = target.loadBatch(List.of(
                    Map.of("event_id", 2, "event_type", "click"),
                    Map.of("event_id", "three", "event_type", "like"))); // loaded 1, failed 1
            target.commit(); // without it, close() discards
        }
        // end
        assertThat(loaded).isTrue();
        assertThat(result.loaded()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(1);
        List<Path> committed = everything(events);
        try (Target abandoned = Target.of("parquet", Map.of("path", events))) {
            assertThat(abandoned.load(Map.of("event_id", 9, "event_type", "like")))
                    .isTrue();
        }
        assertThat(read(events))
                .containsExactlyInAnyOrder(
                        Map.of("event_id", 1L, "event_type", "view"), Map.of("event_id", 2L, "event_type", "click"));
        assertThat(everything(events)).as("nothing abandoned is left").isEqualTo(committed);
    }

    @Test
    void schedulesAPipeline() {
        Source source = Source.of("postgres", settings());
        Target target = Target.of("parquet", Map.of());
        // example: schedule
        Pipeline pipeline = new Pipeline(
                source, target, PipelineOptions.defaults().withDirectory(folder).withName("clean-behaviors"));
        String dag = pipeline.schedule("0 2 * * *", "java", "-jar", "/opt/reco/reco.jar");
        // end
        assertThat(dag)
                .contains("dag_id=\"clean-behaviors\"", "/opt/reco/reco.jar")
                .doesNotContain("password");
    }

    @Test
    void runsTheWholePipeline() throws IOException {
        Map<String, Object> settings = settings();
        // example: pipeline
        Source source = Source.of("postgres", settings);
        Target target = Target.of("parquet", Map.of("mode", "overwrite"));
        Transformer clean = Transformer.of(
                "clean",
                Map.of(
                        "nulls",
                        Map.of(
                                "rating", Map.of("default", 0.0),
                                "category", Map.of("default", "unknown"),
                                "user_id", "reject"),
                        "types",
                        Map.of("ts", Map.of("timestamp", "yyyy-MM-dd HH:mm:ss", "zone", "Asia/Shanghai")),
                        "outliers",
                        Map.of("rating", Map.of("min", 0, "max", 5, "action", "reject"))));

        Pipeline pipeline = new Pipeline(
                source, target, PipelineOptions.defaults().withDirectory(folder).withBatchSize(10_000));
        Statistics statistics = pipeline.run(
                "user_behaviors", "clean_behaviors.parquet", List.of(clean, Transformer.deduplicate("event_id")));
        // end
        Expected expected = EVENTS.expected();
        assertThat(statistics.status()).isEqualTo(RunReport.Status.SUCCESS);
        assertThat(statistics.extracted()).isEqualTo(expected.extracted());
        assertThat(statistics.loaded()).isEqualTo(expected.loaded());
        assertThat(statistics.deduplicated()).isEqualTo(expected.deduplicated());
        assertThat(statistics.failed()).isEqualTo(expected.rejected());
        assertThat(statistics.errors()).hasSize(20);
        assertThat(pipeline.status()).isEqualTo(new PipelineStatus(PipelineStatus.State.IDLE, Optional.of(statistics)));

        List<Map<String, Object>> rows = read(folder.resolve("clean_behaviors.parquet"));
        rows.sort(Comparator.comparing(row -> (Long) row.get("event_id")));
        List<Long> ids = new ArrayList<>();
        EVENTS.forEachClean(event -> ids.add(event.eventId()));
        assertThat(rows).extracting(row -> row.get("event_id")).isEqualTo(ids);
    }

    @Test
    void runsCodeBetweenTheSteps() throws IOException {
        Source source = Source.of("postgres", settings());
        Target target = Target.of("parquet", Map.of());
        // example: code
        Transformer weight = Transformer.named(
                "weight-1",
                input -> {
                    List<Field> columns = new ArrayList<>(input.fields());
                    columns.add(Field.of("weight", DataType.FLOAT64));
                    return Schema.of(columns);
                },
                row -> {
                    if (row.get("user_id") == null) {
                        throw new IllegalArgumentException("nobody did it"); // the record fails
                    }
                    if ("view".equals(row.get("event_type"))) {
                        return null; // the record is left out
                    }
                    row.put("weight", "purchase".equals(row.get("event_type")) ? 5.0 : 1.0);
                    return row;
                });
        // end
        PipelineOptions options =
                PipelineOptions.defaults().withDirectory(folder).withName("weights");
        Statistics statistics = new Pipeline(source, target, options).run("user_behaviors", "weights", List.of(weight));
        assertThat(statistics.extracted()).isEqualTo(statistics.loaded() + statistics.filtered() + statistics.failed());
        assertThat(statistics.failed()).isPositive();
        assertThat(read(folder.resolve("weights")))
                .hasSize((int) statistics.loaded())
                .allSatisfy(row ->
                        assertThat(row.get("weight")).isEqualTo("purchase".equals(row.get("event_type")) ? 5.0 : 1.0));
        assertThat(new Pipeline(source, target, options)
                        .run("user_behaviors", "weights", List.of(weight))
                        .status())
                .isEqualTo(RunReport.Status.ALREADY_DONE);
    }

    @Test
    void runsAWindow() throws IOException {
        Source source = Source.of("postgres", settings());
        Target target = Target.of("parquet", Map.of());
        PipelineOptions options = PipelineOptions.defaults().withDirectory(folder);
        Instant start = Instant.parse("2024-01-02T00:00:00Z");
        Instant end = Instant.parse("2024-01-03T00:00:00Z");
        Statistics statistics = new Pipeline(source, target, options).run("users", "users", List.of(), start, end);
        assertThat(statistics.loaded()).isEqualTo(24);
        assertThat(read(folder.resolve("users"))).hasSize(24);
    }

    private static List<Path> everything(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private static List<Map<String, Object>> read(Path folder) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Path file : files(folder)) {
            try (ParquetBatchReader reader = ParquetBatchReader.open(file, 1000)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows.addAll(batch.records());
                }
            }
        }
        return rows;
    }
}
