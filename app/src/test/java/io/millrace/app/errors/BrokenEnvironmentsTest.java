package io.millrace.app.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.app.CapturedCommand;
import io.millrace.app.CapturedCommand.Outcome;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.ledger.SqliteLedger;
import io.millrace.sandbox.Database;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.sandbox.EmbeddedPostgres;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.sandbox.EmbeddedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Broken environments, a row each: what the command is, its exit code, the code of the catalogue, and what its message must
 * name: the place, and the fix. Broken files are in core's {@code config/wrong}.
 */
@Isolated("takes what the process writes to stderr")
class BrokenEnvironmentsTest {
    private static final String LAKE = "load: {parquet: {path: lake, mode: overwrite}}\n";
    private static final String ONCE = "run: {retry: {attempts: 1}}\n";

    @TempDir
    static Path folder;

    private static Database database;
    private static EmbeddedRedis redis;
    private static HttpServer api;
    private static String bucket;
    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    private record Row(String file, List<String> arguments, int exit, String code, List<String> named) {}

    /** A row whose message must contain all of these. */
    private static void row(String name, String file, String command, int exit, String code, String... named) {
        String text = file.replace("%url", database.url())
                .replace("%user", database.user())
                .replace("%password", database.password())
                .replace("%kafka", EmbeddedKafka.shared().brokers())
                .replace("%redis", redis.url())
                .replace("%api", "http://127.0.0.1:" + api.getAddress().getPort())
                .replace("%s3", EmbeddedS3.shared().endpoint())
                .replace("%key", EmbeddedS3.shared().accessKey())
                .replace("%secret", EmbeddedS3.shared().secretKey())
                .replace("%bucket", bucket);
        ROWS.put(
                name,
                new Row(
                        text.replace("pipeline: broken", "pipeline: case-" + ROWS.size()),
                        List.of(command.split(" ")),
                        exit,
                        code,
                        List.of(named)));
    }

    private static String from(String extract) {
        return "pipeline: broken\nextract: {" + extract + "}\n" + LAKE + ONCE;
    }

    private static String to(String load) {
        return "pipeline: broken\nextract: {files: {path: rows.csv}}\nload: {" + load + "}\n" + ONCE;
    }

    private static String step(String steps) {
        return "pipeline: broken\nextract: {files: {path: rows.csv}}\ntransform: [" + steps + "]\n" + LAKE + ONCE;
    }

    @BeforeAll
    static void table() throws IOException, SQLException {
        database = EmbeddedPostgres.shared().createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE events (id bigint, name text)");
            statement.execute("CREATE TABLE narrow (id bigint)");
            statement.execute("DROP ROLE IF EXISTS nobody_reads");
            statement.execute("CREATE ROLE nobody_reads LOGIN PASSWORD 'nobody'");
        }
        redis = EmbeddedRedis.builder().start();
        bucket = EmbeddedS3.shared().createBucket();
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/denied", 401, "{}");
        answer("/page", 200, "<html>Bad gateway</html>");
        answer("/object", 200, "{\"data\": []}");
        api.start();
        Files.writeString(folder.resolve("rows.csv"), "id,name\n1,a\n2,b\nx,c\n");
        Files.writeString(folder.resolve("fake.parquet"), "this is text");
        Files.writeString(folder.resolve("file"), "x");
        Path appended = Files.writeString(
                folder.resolve("appended.yaml"),
                "pipeline: appended\nextract: {files: {path: rows.csv}}\nload: {parquet: {path: appended}}\n");
        assertThat(CapturedCommand.execute("run", appended.toString()).exitCode())
                .isZero();
        postgres();
        others();
        files();
        runs();
    }

    private static void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        api.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static void postgres() {
        String known = "postgres: {url: \"%url\", user: %user, password: \"%password\", table: ";
        row(
                "PostgreSQL is down",
                from("postgres: {url: \"postgresql://127.0.0.1:1/shop\", user: u, table: t}"),
                "run",
                1,
                "S201",
                "127.0.0.1:1");
        row(
                "the host is not known",
                from("postgres: {url: \"postgresql://nowhere.invalid/shop\", user: u, table: t}"),
                "run",
                1,
                "S201",
                "nowhere.invalid");
        row(
                "the password is wrong",
                from("postgres: {url: \"%url\", user: %user, password: wrong, table: events}"),
                "run",
                1,
                "S202",
                database.user());
        row(
                "the database is not there",
                from("postgres: {url: \"postgresql://127.0.0.1:" + database.port()
                        + "/nowhere\", user: %user, password: \"%password\", table: t}"),
                "run",
                2,
                "S203",
                "nowhere");
        row(
                "the table is mistyped",
                from(known + "event}"),
                "run",
                2,
                "S203",
                "public.event",
                "did you mean 'public.events'?");
        row(
                "a column is mistyped",
                from(known + "events, columns: [id, nam]}"),
                "run",
                2,
                "F130",
                "nam",
                "did you mean 'name'?");
        row(
                "the role may not read",
                from("postgres: {url: \"%url\", user: nobody_reads, password: nobody, table: events}"),
                "run",
                1,
                "S204",
                "events");
        row(
                "the query is wrong",
                from("postgres: {url: \"%url\", user: %user, password: \"%password\", query: SELEC 1}"),
                "run",
                2,
                "F131",
                "query");
        row(
                "the target has fewer columns",
                to("postgres: {url: \"%url\", user: %user, password: \"%password\", table: narrow, schema: freeze}"),
                "run",
                2,
                "S206",
                "narrow",
                "name");
        row(
                "the target's types differ",
                to("postgres: {url: \"%url\", user: %user, password: \"%password\", table: events}"),
                "run",
                2,
                "S206",
                "id");
        row(
                "the target's role may not write",
                to("postgres: {url: \"%url\", user: nobody_reads, password: nobody, table: events}"),
                "run",
                1,
                "S204",
                "events");
    }

    private static void others() {
        row(
                "Kafka is down",
                from("kafka: {brokers: \"127.0.0.1:1\", topic: t, schema: {a: string}, connect_timeout: 500ms}"),
                "run",
                1,
                "S201",
                "127.0.0.1:1");
        row(
                "the topic is not there",
                from("kafka: {brokers: \"%kafka\", topic: nowhere, schema: {a: string}}"),
                "run",
                2,
                "S203",
                "nowhere");
        row(
                "a property of Kafka is not allowed",
                from("kafka: {brokers: \"%kafka\", topic: t, properties: {sasl.login.class: x}}"),
                "validate",
                2,
                "F107",
                "sasl.login.class");
        row(
                "Redis is down",
                to("redis: {url: \"redis://127.0.0.1:1\", key: \"u:{id}\"}"),
                "run",
                1,
                "S201",
                "127.0.0.1:1");
        row(
                "the password of Redis is wrong",
                to("redis: {url: \"%redis\", password: wrong, key: \"u:{id}\"}"),
                "run",
                1,
                "S202",
                "redis://");
        row(
                "the key of Redis names no column",
                to("redis: {url: \"%redis\", key: \"u:{idd}\"}"),
                "run",
                2,
                "F130",
                "idd",
                "did you mean 'id'?");
        row(
                "S3 is down",
                from(
                        "s3: {path: \"s3://bucket/x.csv\", endpoint: \"http://127.0.0.1:1\", region: us-east-1, credentials: {access_key: a, secret_key: b}}"),
                "run",
                1,
                "S201",
                "127.0.0.1:1");
        row(
                "the key of S3 is wrong",
                from(
                        "s3: {path: \"s3://%bucket/x.csv\", endpoint: \"%s3\", region: us-east-1, path_style: true, credentials: {access_key: %key, secret_key: wrong}}"),
                "run",
                1,
                "S204",
                bucket,
                "check the credentials");
        row(
                "the bucket is not there",
                from(
                        "s3: {path: \"s3://nowhere-at-all/x.csv\", endpoint: \"%s3\", region: us-east-1, path_style: true, credentials: {access_key: %key, secret_key: %secret}}"),
                "run",
                2,
                "S203",
                "nowhere-at-all");
        row(
                "no object matches",
                from(
                        "s3: {path: \"s3://%bucket/*.csv\", endpoint: \"%s3\", region: us-east-1, path_style: true, credentials: {access_key: %key, secret_key: %secret}}"),
                "run",
                2,
                "S203",
                bucket);
        row("the API is down", from("http: {url: \"http://127.0.0.1:1/x\"}"), "run", 1, "S201", "127.0.0.1:1");
        row("the API asks who it is", from("http: {url: \"%api/denied\"}"), "run", 1, "S202", "/denied", "auth");
        row(
                "the API has no such path",
                from("http: {url: \"%api/nowhere\"}"),
                "run",
                2,
                "S203",
                "/nowhere",
                "check url");
        row("the API answers with a page", from("http: {url: \"%api/page\"}"), "run", 1, "S205", "/page");
        row(
                "the records lie elsewhere",
                from("http: {url: \"%api/object\"}"),
                "run",
                1,
                "S205",
                "/object",
                "an object instead of a list of records");
    }

    private static void files() {
        row("the file is not there", from("files: {path: nowhere.csv}"), "run", 2, "S203", "nowhere.csv");
        row("no file matches", from("files: {path: \"*.jsonl\"}"), "run", 2, "S203", "*.jsonl");
        row("the file is not Parquet", from("files: {path: fake.parquet}"), "run", 2, "S205", "fake.parquet");
        row(
                "a declared column is not in the file",
                from("files: {path: rows.csv, schema: {id: int64, nam: string}}"),
                "run",
                2,
                "F130",
                "nam",
                "it has [id, name]");
        row("the table is not Delta", from("delta: {path: .}"), "run", 2, "S203", "Delta");
        row("the target lies below a file", to("parquet: {path: file/lake}"), "run", 2, "S207", "file");
        row(
                "a variable is not set",
                from("postgres: {url: \"${env:NOT_SET_ANYWHERE}\", user: u, table: t}"),
                "validate",
                2,
                "F120",
                "NOT_SET_ANYWHERE",
                "broken.yaml:2:",
                "set it");
        row(
                "a secret's file is not there",
                from("postgres: {url: \"postgresql://h/d\", user: u, password: \"${file:/nowhere/pg}\", table: t}"),
                "validate",
                2,
                "F120",
                "/nowhere/pg");
        row(
                "a step names no column",
                step("{clean: {nulls: {nam: reject}}}"),
                "run",
                2,
                "F130",
                "nam",
                "did you mean 'name'?");
        row("an expression does not parse", step("{filter: \"id >\"}"), "validate", 2, "F131", "filter");
        row("an expression has a wrong type", step("{filter: \"name + 1 > 2\"}"), "run", 2, "F131", "filter", "CAST");
        row(
                "a fit file is not there",
                step("{normalize: {id: {z_score: {fit: state/id.json}}}}"),
                "run",
                2,
                "F140",
                "state/id.json",
                "millrace fit");
        row(
                "a class of the user is not there",
                step("{java: {class: com.example.Nowhere}}"),
                "validate",
                2,
                "M403",
                "com.example.Nowhere");
    }

    private static void runs() {
        String rejects = "{clean: {types: {id: int64}}}";
        row("too many rows are rejected", step(rejects).replace("broken", "twice"), "run", 3, "R304", "max_error_rate");
        row("a check fails", step("{check: {rows: {min: 10}}}"), "run", 3, "R305", "rows");
        row(
                "the run is of another definition",
                step(rejects + ", {filter: \"id > 1\"}").replace("broken", "twice"),
                "run",
                2,
                "R302",
                "--restart");
        String appended = to("parquet: {path: appended}").replace("broken", "appended");
        row(
                "what was appended is changed",
                appended,
                "run --set load.parquet.compression=snappy",
                2,
                "R303",
                "compression",
                "--again");
        row("the window is upside down", step(""), "run --start 2024-03-02 --end 2024-03-01", 2, "F123", "2024-03-02");
        row("the window is no time", step(""), "run --start tomorrow", 2, "F123", "tomorrow", "2026-01-31");
        row(
                "a key of --set is unknown",
                step(""),
                "run --set run.paralelism=2",
                2,
                "F101",
                "did you mean 'parallelism'?");
        row("the state is below a file", step(""), "run --state " + "{folder}/file/state", 1, "S207", "file");
        row("the ledger is damaged", step(""), "run --state {folder}/damaged", 1, "M401", "ledger.db");
        row(
                "the state's server is down",
                step(""),
                "run --state postgresql://127.0.0.1:1/state",
                1,
                "S201",
                "127.0.0.1:1");
        row(
                "another run is under way",
                step("").replace("broken", "busy"),
                "run --state {folder}/busy",
                4,
                "R301",
                "busy");
        row("the file is not there at all", "", "run {folder}/nowhere.yaml", 2, "F140", "nowhere.yaml");
        row("the file is a features file", "features: f\n", "run", 2, "F141", "millrace features");
        row("the run is not known", "", "status nothing --state {folder}/busy", 2, "R306", "nothing");
        row(
                "the port is taken",
                "",
                "ui --port " + api.getAddress().getPort() + " --state {folder}/busy",
                2,
                "M402",
                "--port 0");
    }

    @AfterAll
    static void end() {
        redis.close();
        api.stop(0);
    }

    @TestFactory
    Stream<DynamicTest> everyMessageNamesPlaceCauseAndFix() throws IOException {
        Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(folder.resolve("damaged/ledger.db"), "this is no database, whatever its name says");
        return ROWS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getValue())));
    }

    private static void check(Row row) throws IOException {
        Path file = folder.resolve("broken.yaml");
        Files.writeString(file, row.file());
        List<String> arguments = new ArrayList<>();
        for (String argument : row.arguments()) {
            arguments.add(argument.replace("{folder}", folder.toString()));
        }
        String command = arguments.get(0);
        if ((command.equals("run") && !arguments.toString().contains(".yaml")) || command.equals("validate")) {
            arguments.add(file.toString());
        }
        Outcome outcome;
        try (SqliteLedger ledger = SqliteLedger.open(folder.resolve("busy"))) {
            Lease held = ledger.acquire(new RunKey("busy", java.util.Optional.empty()));
            outcome = CapturedCommand.execute(arguments.toArray(String[]::new));
            ledger.release(held);
        }
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(row.exit());
        assertThat(outcome.errors()).contains(row.named()).doesNotContain("\tat ", "defect of Millrace");
        assertThat(outcome.errors()).as("the catalogue knows it").contains("millrace explain " + row.code());
        if (!database.password().isEmpty()) {
            assertThat(outcome.errors()).doesNotContain(database.password());
        }
    }
}
