package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.crash.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded days as a stream, out of order, with repetitions and late events, stopped or killed in the middle and gone on with
 * at another parallelism: the target holds what a batch run makes of the same events, to the last bit. Late ones are told. With
 * {@code -Dmillrace.replay=N}: N events, and more steps.
 */
class ReplayTest {
    private static final int EVENTS = Integer.getInteger("millrace.replay", 4_000);
    private static final Instant LAST = Instant.parse("2026-04-19T00:00:00Z");
    private static final Pattern ID = Pattern.compile("\"event_id\":(-?\\d+)");

    /** What keyed steps are tested. */
    enum Steps {
        DEDUPLICATE(""),
        SESSIONS(
                "  - sessionize: {key: [user_id], time: ts, tie_break: [event_id], gap: 30m, max: 2h, add: {since:"
                        + " seconds_since_previous, place: event_index}}\n"
                        + "  - aggregate:\n      by: [user_id]\n      window: {session: {gap: 30m, max: 2h}, time: ts}\n"
                        + "      tie_break: [event_id]\n      measures: {events: count(*), items: collect_list(item), entry:"
                        + " first(item), left_at: last(item), revenue: \"sum(price) FILTER (WHERE type = 'purchase')\","
                        + " mean: avg(price), spread: stddev(price), different: approx_count_distinct(item), middle:"
                        + " \"approx_quantile(price, 0.5)\", bounce: \"count(*) = 1\", converted: \"count(*) FILTER (WHERE type ="
                        + " 'purchase') > 0\", begun: min(ts), ended: max(ts), funnel_depth: \"max(CASE type WHEN"
                        + " 'view' THEN 1 WHEN 'click' THEN 2 WHEN 'cart' THEN 3 ELSE 4 END)\", dwell: \"collect_list(since) FILTER"
                        + " (WHERE place > 1)\"}\n  - derive: {seconds: \"(epoch_millis(ended) - epoch_millis(begun)) / 1000.0\"}\n"),
        LONG_SESSIONS("  - aggregate:\n      by: [user_id]\n      window: {session: {gap: 1h}, time: ts}\n"
                + "      tie_break: [event_id]\n      measures: {events: count(*), items: \"last(item, 3)\", revenue:"
                + " sum(price)}\n"),
        EVENTS_OF_SESSIONS(
                "  - sessionize:\n      key: [user_id]\n      time: ts\n      tie_break: [event_id]\n      gap: 20m\n"
                        + "      max: 3h\n      add: {since: seconds_since_previous, session: session_index, place:"
                        + " event_index, begun: session_start}\n  - filter: \"place < 4\"\n"),
        SLIDING("  - aggregate:\n      by: [type]\n      window: {sliding: {size: 3h, every: 1h}, time: ts}\n"
                + "      measures: {events: count(*), revenue: sum(price), users: count(DISTINCT user_id)}\n"
                + "  - derive: {day: \"CAST(window_start AS DATE)\"}\n"),
        /** With a day that has 23 hours. */
        DAYS("  - aggregate:\n      by: []\n      window: {tumbling: 1d, time: ts, zone: Europe/Berlin}\n"
                + "      measures: {events: count(*), mean: avg(price)}\n");

        private final String yaml;

        Steps(String yaml) {
            this.yaml = yaml;
        }

        String transform() {
            return "transform:\n  - clean: {strings: {trim: true}}\n  - deduplicate: {key: [event_id]}\n" + yaml;
        }
    }

    /** The others repeat much of these. */
    private static final Set<Steps> IN_EVERY_BUILD =
            EnumSet.of(Steps.SESSIONS, Steps.EVENTS_OF_SESSIONS, Steps.SLIDING);

    @TempDir
    Path folder;

    static Stream<Steps> steps() {
        return (Integer.getInteger("millrace.replay") == null ? IN_EVERY_BUILD : EnumSet.allOf(Steps.class)).stream();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void streamAndBatchAgree(Steps steps) throws IOException {
        long seed = Long.getLong("millrace.stream.seed", System.nanoTime());
        System.err.println(steps + ", seed " + seed);
        try (RecordedEvents events = new RecordedEvents(EVENTS, seed)) {
            StreamStatus status = stream(steps, events);

            Set<Long> late = late(status);
            Files.writeString(folder.resolve("events.jsonl"), events.without(late));
            List<Map<String, Object>> expected = batch(steps);

            assertThat(withoutMarks(Lake.parquet(folder.resolve("lake"))))
                    .as("%s, seed %d", steps, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(events.delayed()).as("%s, seed %d", steps, seed).containsAll(late);
            assertThat(status.keyed().late()).isEqualTo(late.size());
            assertThat(status.counts().rejected()).isEqualTo(late.size());
            assertThat(status.keyed().balance(status.counts())).isTrue();
            if (steps == Steps.DEDUPLICATE) {
                assertThat(late).isEmpty();
            } else {
                assertThat(late).isNotEmpty();
                assertThat(status.counts().deduplicated()).isPositive();
            }
            if (steps.yaml.contains("aggregate")) {
                assertThat(status.keyed().groups().loaded()).isEqualTo(expected.size());
            }
        }
    }

    private StreamStatus stream(Steps steps, RecordedEvents events) {
        Path file = pipeline(steps, events, 2);
        events.send(0.5);
        if (steps == Steps.SESSIONS) {
            killedAfter(events.sent() / 2);
        } else {
            try (Streaming first = Streaming.start(file, StreamStart.LATEST)) {
                first.awaitExtracted(events.sent() / 2);
                first.stop();
            }
        }
        events.send(1);
        events.sendMarks();
        try (Streaming second = Streaming.start(pipeline(steps, events, 3), StreamStart.LATEST)) {
            second.await(status -> status.counts().extracted() >= events.sent()
                    && status.watermark().filter(LAST::isBefore).isPresent());
            // What every subtask was told before these it has told the keyed steps.
            events.sendMarks();
            second.awaitExtracted(events.sent());
            return second.stop();
        }
    }

    /** A process of its own, which is killed. */
    private void killedAfter(long extracted) {
        try (ChildProcess child = ChildJvm.of("io.millrace.app.Millrace")
                .withArguments("stream", "pipeline.yaml")
                .in(folder)
                .start()) {
            Awaitility.await()
                    .atMost(Streaming.PATIENCE)
                    .until(() -> !child.isAlive()
                            || StreamStatusJson.read(StreamFolder.of(folder.resolve(".millrace"), "replay")
                                            .status())
                                    .filter(status -> status.counts().extracted() >= extracted)
                                    .isPresent());
            child.kill();
        }
    }

    private Path pipeline(Steps steps, RecordedEvents events, int parallelism) {
        return Streaming.pipeline(
                folder,
                "pipeline: replay\n" + events.extract() + steps.transform()
                        + "load: {parquet: {path: lake, mode: append}}\n"
                        + "stream: {event_time: ts, out_of_orderness: 30s, allowed_lateness: 10m, horizon: 48h, checkpoint: 300ms,"
                        + " linger: 20ms, state: " + (steps == Steps.SLIDING ? "memory" : "disk") + "}\n"
                        + "run: {parallelism: " + parallelism + ", max_error_rate: 1}\n");
    }

    private List<Map<String, Object>> batch(Steps steps) throws IOException {
        Files.writeString(
                folder.resolve("batch.yaml"),
                "pipeline: batch\nextract:\n  files: {path: events.jsonl, format: json_lines, schema: "
                        + RecordedEvents.schema() + "}\n" + steps.transform()
                        + "load: {parquet: {path: batch, mode: append}}\n");
        ChildExit exit = ChildJvm.of("io.millrace.app.Millrace")
                .withArguments("run", "batch.yaml")
                .in(folder)
                .run(Duration.ofSeconds(120));
        assertThat(exit.code()).as("%s", exit).isZero();
        return Lake.parquet(folder.resolve("batch"));
    }

    /** The events that were rejected as late. */
    private Set<Long> late(StreamStatus status) throws IOException {
        Path rejects = StreamFolder.of(folder.resolve(".millrace"), "replay").rejects(status.lineage());
        Set<Long> late = new HashSet<>();
        if (Files.isDirectory(rejects)) {
            try (Stream<Path> files = Files.list(rejects)) {
                for (Path file : files.toList()) {
                    for (String line : Files.readAllLines(file)) {
                        assertThat(line).contains("\"reason\":\"late\"", "\"split\":\"partition-");
                        Matcher id = ID.matcher(line);
                        assertThat(id.find()).isTrue();
                        late.add(Long.valueOf(id.group(1)));
                    }
                }
            }
        }
        return late;
    }

    private static List<Map<String, Object>> withoutMarks(List<Map<String, Object>> rows) {
        return rows.stream().filter(row -> !"mark".equals(row.get("type"))).toList();
    }
}
