package io.millrace.app.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.app.documents.Documents;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipelines of examples/gallery, each run on real servers with a handful of rows. */
class GalleryTest {
    private static final Path GALLERY = Documents.root().resolve("examples/gallery");
    private static final Catalog CATALOG = Catalog.load();
    private static final Set<String> RUN = new TreeSet<>();

    @TempDir
    static Path folder;

    private static Database database;
    private static EmbeddedRedis redis;
    private static HttpServer api;
    private static Map<String, String> variables;

    @BeforeAll
    static void servers() throws IOException, SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        redis = EmbeddedRedis.builder().start();
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/reviews", GalleryTest::reviews);
        api.start();
        EmbeddedKafka kafka = EmbeddedKafka.shared();
        variables = new HashMap<>(Map.of(
                "PGURL", database.url(),
                "PGUSER", database.user(),
                "PGPASSWORD", database.password(),
                "REDIS_URL", redis.url(),
                "REDIS_PASSWORD", redis.password(),
                "KAFKA_BROKERS", kafka.brokers(),
                "KAFKA_TOPIC", kafka.createTopic(2),
                "API_URL", "http://127.0.0.1:" + api.getAddress().getPort() + "/reviews",
                "API_TOKEN", "opensesame"));
        sql("CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10,2), created_at timestamptz)");
        sql("CREATE TABLE items (id bigint PRIMARY KEY, title text, price numeric(10,2))");
        sql("INSERT INTO items SELECT i, 'item ' || i, i * 10 FROM generate_series(1, 5) AS i");
        sql(
                "CREATE TABLE events (event_id bigint, user_id bigint, item_id bigint, event_type text, created_at timestamptz)");
        sql("INSERT INTO events SELECT i, i % 3, i % 7, CASE WHEN i % 5 = 0 THEN 'purchase' ELSE 'view' END,"
                + " '2024-03-01'::timestamptz + i * interval '10 minutes' FROM generate_series(1, 60) AS i");
        for (String name : names()) {
            Files.copy(GALLERY.resolve(name), folder.resolve(name));
        }
    }

    @AfterAll
    static void everyPipelineOfTheGalleryWasRun() throws IOException {
        redis.close();
        api.stop(0);
        assertThat(RUN).isEqualTo(names()).hasSize(10);
    }

    private static Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(GALLERY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void reviews(HttpExchange exchange) throws IOException {
        boolean last = String.valueOf(exchange.getRequestURI().getQuery()).contains("after=2");
        String review = "{\"review_id\": %d, \"item_id\": 1, \"stars\": %d, \"body\": {\"text\": \"fine\"},"
                + " \"written_at\": \"2024-03-01T10:00:00Z\"}";
        String body = last
                ? "{\"data\": {\"items\": [" + review.formatted(3, 9) + "]}, \"next\": null}"
                : "{\"data\": {\"items\": [" + review.formatted(1, 5) + "," + review.formatted(2, 4)
                        + "]}, \"next\": \"2\"}";
        boolean known = "Bearer opensesame".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = database.connect();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement run = connection.createStatement();
                ResultSet row = run.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void write(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
    }

    private static RunReport run(String name) {
        RUN.add(name);
        Path file = folder.resolve(name);
        Job job = Job.of(
                PipelineFile.load(file, List.of(), Optional.empty(), new Environment(variables, folder), CATALOG)
                        .definition(),
                List.of());
        Path state = folder.resolve(".millrace");
        try (SqliteLedger ledger = SqliteLedger.open(state)) {
            RunReport report = new Runner(ledger, state, new LocalEngine(), RunListener.NONE, new StopSignal())
                    .run(job, Optional.empty(), Rerun.DEFAULT);
            assertThat(report.counts().balanced()).isTrue();
            return report;
        }
    }

    private static RunReport succeeds(String name) {
        RunReport report = run(name);
        assertThat(report.status()).as("%s", report).isEqualTo(RunReport.Status.SUCCESS);
        return report;
    }

    @Test
    void ordersComeOnce() throws SQLException {
        sql("INSERT INTO orders SELECT i, i, '2024-03-01' FROM generate_series(1, 10) AS i");
        assertThat(succeeds("orders-increments.yaml").counts().loaded()).isEqualTo(10);
        sql("INSERT INTO orders VALUES (11, 1, '2024-03-02')");
        assertThat(succeeds("orders-increments.yaml").counts().loaded()).isEqualTo(1);
        assertThat(folder.resolve("lake/orders/day=2024-03-02")).isDirectory();
    }

    @Test
    void clicksAreTakenFromTheirPositionOn() {
        Map<String, Object> settings = Map.of("bootstrap.servers", variables.get("KAFKA_BROKERS"));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 6; i++) {
                producer.send(new ProducerRecord<>(
                        variables.get("KAFKA_TOPIC"),
                        i == 5
                                ? "{\"no\": \"click\"}"
                                : "{\"event_id\": " + i % 4 + ", \"user_id\": 1, \"item_id\": 2, \"at\": 1709251200000,"
                                        + " \"props\": {\"page\": \"home\"}}"));
            }
        }
        RunReport report = runWithRejects("clicks-to-delta.yaml");
        assertThat(report.counts().deduplicated()).isEqualTo(1);
        assertThat(report.counts().rejected()).isEqualTo(1);
    }

    /** A sixth of six rows is more than a run accepts by default, from few rows on only at its end. */
    private static RunReport runWithRejects(String name) {
        RunReport report = run(name);
        assertThat(report.counts().extracted()).isEqualTo(6);
        return report;
    }

    @Test
    void partnersFilesAreUpserted() throws IOException, SQLException {
        write("partner/1.csv", "sku;title;price;valid_from\nA;one;1,50;01.03.2024\nB;two;2,00;01.03.2024\n");
        write("partner/2.csv", "sku;title;price;valid_from\nA;one more;1,75;02.03.2024\n");
        assertThat(succeeds("partner-files.yaml").counts().deduplicated()).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM partner_items")).isEqualTo(2);
        assertThat(number("SELECT (price * 100)::bigint FROM partner_items WHERE sku = 'A'"))
                .isEqualTo(175);
    }

    @Test
    void reviewsComePageByPage() {
        RunReport report = run("reviews-api.yaml");
        assertThat(report.counts().extracted()).isEqualTo(3);
        assertThat(report.counts().rejected()).isEqualTo(1);
    }

    @Test
    void itemsAreServedFromRedis() {
        assertThat(succeeds("items-to-redis.yaml").counts().loaded()).isEqualTo(5);
        assertThat(redis.ask("HGET", "item:3", "title")).isEqualTo("item 3");
    }

    @Test
    void sessionsBecomeProfiles() throws SQLException {
        assertThat(succeeds("sessions.yaml").counts().loaded()).isEqualTo(60);
        assertThat(succeeds("user-profiles.yaml").groups().orElseThrow().loaded())
                .isEqualTo(3);
        assertThat(number("SELECT sum(events)::bigint FROM user_profiles")).isEqualTo(60);
    }

    @Test
    void samplesHaveTheirPrices() {
        RunReport report = succeeds("training-samples.yaml");
        assertThat(report.counts().loaded()).isPositive();
        assertThat(report.counts().filtered())
                .as("items 0 and 6 are not in the catalogue")
                .isPositive();
    }

    @Test
    void aShortDeliveryIsKeptOut() throws IOException {
        write("delivery/a.csv", "id,country,amount\n1,CN,5\n2,XX,6\n");
        assertThat(run("quality-gate.yaml").failure().orElseThrow().message()).contains("rows");
        assertThat(folder.resolve("lake/delivery/_SUCCESS")).doesNotExist();
    }

    @Test
    void changesFoldIntoTheLatestState() throws IOException {
        write(
                "changes/a.jsonl",
                "{\"id\": 1, \"status\": \"new\", \"version\": 1}\n{\"id\": 2, \"status\": \"new\", \"version\": 1}\n");
        write("changes/b.jsonl", "{\"id\": 1, \"status\": \"paid\", \"version\": 2}\n");
        assertThat(succeeds("latest-state.yaml").counts().loaded()).isEqualTo(2);
    }
}
