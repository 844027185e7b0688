package io.millrace.app.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.Failpoint;
import io.millrace.app.crash.Crash;
import io.millrace.app.crash.Crashes;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every source into every target, on real servers: each run is killed at a failpoint, resumed, killed at another, finished,
 * and started once more. Every row is there once, every bad row is rejected once, and nothing else is left.
 *
 * <p>By itself, with its table at the end: {@code mvn -q verify -pl app -am -Dtest=MatrixTest
 * -Dsurefire.failIfNoSpecifiedTests=false}. Two failpoints a pair, chosen by the seed; with
 * {@code -Dmillrace.crash=all} every failpoint comes first once.
 */
@Execution(ExecutionMode.CONCURRENT)
class MatrixTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<MatrixSource> SOURCES = new ArrayList<>();
    private static final List<MatrixTarget> TARGETS = new ArrayList<>();
    private static final ConcurrentLinkedQueue<Outcome> OUTCOMES = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path folder;

    private record Outcome(String source, String target, List<Crash> kills, boolean passed) {
        String line() {
            return source + " → " + target + ", killed at " + kills + (passed ? "" : ": FAILED");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        SOURCES.addAll(List.of(new PostgresSource(), new KafkaSource(), new S3Source(), new HttpSource()));
        TARGETS.addAll(List.of(new PostgresTarget(), new ParquetTarget(), new DeltaTarget(), new RedisTarget()));
    }

    @AfterAll
    static void printTable() throws Exception {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        OUTCOMES.stream().map(Outcome::line).sorted().forEach(line -> text.append(line)
                .append(System.lineSeparator()));
        System.out.println(text + table());
        for (Object server : Stream.concat(SOURCES.stream(), TARGETS.stream()).toList()) {
            if (server instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
        SOURCES.clear();
        TARGETS.clear();
    }

    /** Sources down, targets across: how many kills each pair has survived, or that it has not. */
    private static String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-12s", "kills"));
        TARGETS.forEach(target -> table.append(String.format(Locale.ROOT, "%-12s", "→ " + target.name())));
        for (MatrixSource source : SOURCES) {
            table.append(String.format(Locale.ROOT, "%n%-12s", source.name()));
            for (MatrixTarget target : TARGETS) {
                List<Outcome> pair = OUTCOMES.stream()
                        .filter(outcome -> outcome.source().equals(source.name())
                                && outcome.target().equals(target.name()))
                        .toList();
                boolean passed = !pair.isEmpty() && pair.stream().allMatch(Outcome::passed);
                int kills = pair.stream()
                        .mapToInt(outcome -> outcome.kills().size())
                        .sum();
                table.append(String.format(Locale.ROOT, "%-12s", passed ? kills + " passed" : "FAILED"));
            }
        }
        return table.toString();
    }

    @TestFactory
    Stream<DynamicTest> everySourceIntoEveryTarget() {
        Random random = Crashes.random(MatrixTest.class);
        List<DynamicTest> tests = new ArrayList<>();
        for (MatrixSource source : SOURCES) {
            for (MatrixTarget target : TARGETS) {
                for (Crash first : crashes(random)) {
                    List<Crash> crashes = List.of(first, any(random));
                    String name = source.name() + " → " + target.name() + ", killed at " + crashes;
                    Path workspace = folder.resolve("case" + tests.size());
                    tests.add(DynamicTest.dynamicTest(name, () -> survives(source, target, crashes, workspace)));
                }
            }
        }
        return tests.stream();
    }

    private static List<Crash> crashes(Random random) {
        return Crashes.all()
                ? Stream.of(Failpoint.values())
                        .map(place -> new Crash(place, 1))
                        .toList()
                : List.of(any(random));
    }

    private static Crash any(Random random) {
        Failpoint[] places = Failpoint.values();
        return new Crash(places[random.nextInt(places.length)], 1 + random.nextInt(3));
    }

    private static void survives(MatrixSource source, MatrixTarget target, List<Crash> crashes, Path workspace)
            throws IOException {
        List<Crash> reached = new ArrayList<>();
        boolean passed = false;
        try {
            survives(source, target, crashes, workspace, reached);
            passed = true;
        } finally {
            OUTCOMES.add(new Outcome(source.name(), target.name(), reached, passed));
        }
    }

    /** @param reached takes the crashes that happened: a run may end before its failpoint is reached so often */
    private static void survives(
            MatrixSource source, MatrixTarget target, List<Crash> crashes, Path workspace, List<Crash> reached)
            throws IOException {
        Files.createDirectories(workspace);
        MatrixTarget.Place loaded = target.create(workspace);
        Files.writeString(workspace.resolve("pipeline.yaml"), pipeline(source, loaded));

        ChildExit exit = null;
        for (Crash crash : crashes) {
            exit = command(source, loaded, workspace)
                    .withFailpoint(crash.place(), crash.count(), ChildJvm.Action.KILL)
                    .run(PATIENCE);
            if (!exit.killed()) {
                break;
            }
            reached.add(crash);
        }
        if (exit.killed()) {
            exit = command(source, loaded, workspace).run(PATIENCE);
        }
        accept(exit, loaded, "success");

        ChildExit again = command(source, loaded, workspace).run(PATIENCE);
        accept(again, loaded, target.repeatable() ? "success" : "already_done");
    }

    private static void accept(ChildExit exit, MatrixTarget.Place loaded, String status) throws IOException {
        assertThat(exit.code()).as("%s", exit).isZero();
        JsonNode report = JSON.readTree(exit.lastLine());
        assertThat(report.path("status").asText()).isEqualTo(status);
        assertThat(report.path("extracted").asLong()).as("%s", exit).isEqualTo(Events.COUNT + Events.BAD);
        assertThat(report.path("loaded").asLong()).as("%s", exit).isEqualTo(Events.COUNT);
        assertThat(report.path("rejected").asLong()).as("%s", exit).isEqualTo(Events.BAD);
        assertThat(loaded.rows()).isEqualTo(Events.expected());
        assertThat(loaded.leftovers()).isEmpty();
    }

    private static String pipeline(MatrixSource source, MatrixTarget.Place target) {
        return String.join(
                "\n",
                "pipeline: matrix",
                "extract: {" + source.settings() + "}",
                "transform:",
                "  - clean: {nulls: {event_type: reject}}",
                "load: {" + target.settings() + "}",
                "run: {parallelism: 2, batch_rows: 100, checkpoint: 20ms}",
                "");
    }

    private static ChildJvm command(MatrixSource source, MatrixTarget.Place target, Path workspace) {
        ChildJvm command = ChildJvm.of("io.millrace.app.Millrace")
                .in(workspace)
                .withArguments("run", "pipeline.yaml", "--json", "--log", "json");
        for (var variable : source.variables().entrySet()) {
            command = command.withVariable(variable.getKey(), variable.getValue());
        }
        for (var variable : target.variables().entrySet()) {
            command = command.withVariable(variable.getKey(), variable.getValue());
        }
        return command;
    }
}
