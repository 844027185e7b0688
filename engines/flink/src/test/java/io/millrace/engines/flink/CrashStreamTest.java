package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.crash.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command {@code millrace stream} killed at failpoints, at any moment, and made to fail and begin again by itself: what is
 * in the target at the end is every good row, once. With {@code -Dmillrace.stream.kills=N}: all targets, N kills each.
 */
class CrashStreamTest {
    private static final int KILLS = Integer.getInteger("millrace.stream.kills", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<Failpoint> PLACES = List.of(
            Failpoint.MID_READ,
            Failpoint.BEFORE_WRITE,
            Failpoint.BEFORE_STAGE,
            Failpoint.AFTER_STAGE,
            Failpoint.BEFORE_COMMIT,
            Failpoint.MID_COMMIT,
            Failpoint.AFTER_COMMIT);

    @TempDir
    Path folder;

    static Stream<StreamTarget> targets() {
        return KILLS > 0
                ? Arrays.stream(StreamTarget.values())
                : Stream.of(StreamTarget.PARQUET, StreamTarget.POSTGRES);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyRowArrivesOnceHoweverItEnds(StreamTarget target) {
        long seed = Long.getLong("millrace.stream.seed", System.nanoTime());
        System.err.println(target + ", seed " + seed);
        Random random = new Random(seed);
        // Files take rows twice without noticing: there, what is repeated must be left out across all failures.
        boolean repeats = target == StreamTarget.PARQUET;
        StreamTarget.Place place = target.create(folder);
        List<String> story = new ArrayList<>();
        try (Topic topic = new Topic()) {
            Streaming.pipeline(
                    folder,
                    "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps()
                            + (repeats ? "  - deduplicate: {key: [id]}\n" : "") + "load: {" + place.settings() + "}\n"
                            + Streaming.QUICK);
            for (int i = 0; i < Math.max(1, KILLS / 2); i++) {
                topic.send(200);
                if (repeats) {
                    topic.repeat(100, random);
                }
                story.add(killedAtFailpoint(random, topic));
                story.add(failedThenKilled(random, topic));
            }
            topic.send(100);
            if (repeats) {
                topic.repeat(200, random);
            }
            StreamStatus stopped = stopped(topic);
            assertThat(stopped.counts().balanced())
                    .as("%s, seed %d", story, seed)
                    .isTrue();
            assertThat(stopped.counts().extracted())
                    .as("%s, seed %d", story, seed)
                    .isEqualTo(topic.messages());
            assertThat(stopped.counts().loaded()).as("%s, seed %d", story, seed).isEqualTo(topic.good());
            assertThat(place.ids()).as("%s, seed %d", story, seed).isEqualTo(topic.goodIds());
        }
    }

    /** The same file by {@code millrace run}, on the same topic. */
    @Test
    void aBatchRunBringsTheSameRows() {
        try (Topic topic = new Topic()) {
            Streaming.pipeline(
                    folder,
                    "pipeline: clicks\nextract:\n" + topic.extract() + Topic.steps()
                            + "load: {parquet: {path: lake, mode: append}}\n" + Streaming.QUICK);
            topic.send(1_000);
            stopped(topic);
            ChildExit batch = ChildJvm.of("io.millrace.app.Millrace")
                    .withArguments("run", "pipeline.yaml", "--set", "load.parquet.path=batch")
                    .in(folder)
                    .run(PATIENCE);
            assertThat(batch.code()).as("%s", batch).isZero();
            assertThat(Lake.parquet(folder.resolve("lake")))
                    .hasSize((int) topic.good())
                    .containsExactlyInAnyOrderElementsOf(Lake.parquet(folder.resolve("batch")));
        }
    }

    private ChildJvm stream() {
        return ChildJvm.of("io.millrace.app.Millrace")
                .withArguments("stream", "pipeline.yaml", "--json")
                .in(folder);
    }

    /** The process ends itself at a place, as by {@code kill -9}; more rows come meanwhile. */
    private String killedAtFailpoint(Random random, Topic topic) {
        Failpoint place = PLACES.get(random.nextInt(PLACES.size()));
        int count = 1 + random.nextInt(4);
        try (ChildProcess child =
                stream().withFailpoint(place, count, ChildJvm.Action.KILL).start()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        topic.send(20);
                        return !child.isAlive();
                    });
            assertThat(child.await(PATIENCE).code()).isEqualTo(137);
        }
        return "killed at " + place + ":" + count;
    }

    /** The job fails at a place and begins again by itself; then the process is killed at any moment. */
    private String failedThenKilled(Random random, Topic topic) {
        Failpoint place = PLACES.get(random.nextInt(PLACES.size()));
        int count = 1 + random.nextInt(4);
        long before = extracted();
        int more = random.nextInt(10);
        try (ChildProcess child =
                stream().withFailpoint(place, count, ChildJvm.Action.THROW).start()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        topic.send(20);
                        if (!child.isAlive()) {
                            return failedAtItsBeginning(child, place);
                        }
                        return status().filter(status ->
                                        status.restarts() > 0 && status.counts().extracted() > before)
                                .isPresent();
                    });
            topic.send(more);
            if (!child.isAlive()) {
                return "failed at its beginning, at " + place + ":" + count;
            }
            assertThat(folder().latest().orElseThrow().state()).isEqualTo(StreamStatus.State.RUNNING);
            child.kill();
        }
        assertThat(folder().latest().orElseThrow().state()).isEqualTo(StreamStatus.State.LOST);
        return "failed at " + place + ":" + count + ", then killed";
    }

    /**
     * What a killed process has left to be committed is committed before there is a job: a failure there ends the process, as
     * one of a user's mistakes would, and the next start tries again.
     */
    private static boolean failedAtItsBeginning(ChildProcess child, Failpoint place) {
        ChildExit exit = child.await(PATIENCE);
        String reached = "failpoint " + place.name().toLowerCase(Locale.ROOT).replace('_', '-') + " was reached";
        assertThat(exit.errors()).as("%s", exit).contains(reached);
        assertThat(place).isIn(Failpoint.BEFORE_COMMIT, Failpoint.MID_COMMIT, Failpoint.AFTER_COMMIT);
        assertThat(exit.code()).isEqualTo(1);
        return true;
    }

    private StreamStatus stopped(Topic topic) {
        try (ChildProcess child =
                stream().under(List.of("env", "--default-signal")).start()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !child.isAlive() || extracted() >= topic.messages());
            child.signal("TERM");
            ChildExit exit = child.await(PATIENCE);
            assertThat(exit.code()).as("%s", exit).isEqualTo(143);
            assertThat(exit.lastLine()).contains("\"status\":\"stopped\"");
            return status().orElseThrow();
        }
    }

    private long extracted() {
        return status().map(status -> status.counts().extracted()).orElse(0L);
    }

    private Optional<StreamStatus> status() {
        return StreamStatusJson.read(folder().status());
    }

    private StreamFolder folder() {
        return StreamFolder.of(folder.resolve(".millrace"), "clicks");
    }
}
