package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.Failpoint;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.coordinator.Runner;
import io.millrace.core.engine.LocalEngine;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeaturesFile;
import io.millrace.features.local.FeatureJob;
import io.millrace.features.stream.FeatureStreams;
import io.millrace.testkit.crash.ChildExit;
import io.millrace.testkit.crash.ChildJvm;
import io.millrace.testkit.crash.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded days through Flink: out of order, repeated and late, over a stop and over kills. At every point in time each feature of
 * each user in Redis has the bits that a batch run of the same file gives it.
 */
class FeatureStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LATENESS = Duration.ofHours(3);
    private static final int KILLS = Integer.getInteger("millrace.stream.kills", 2);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("millrace.stream.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private Path file(Behaviours behaviours, ServedUsers users) throws IOException {
        String text =
                """
                features: live
                entity: user
                events:
                  stream: {STREAM}
                  batch: {BATCH}
                  transform:
                    - filter: "kind IS NOT NULL"
                    - deduplicate: {key: [id]}
                  time: ts
                  tie_break: [id]
                hop: 1h
                measures:
                  events: count(*)
                  views_6h: {measure: "count(*) FILTER (WHERE kind = 'view')", window: 6h}
                  clicks_6h: {measure: "count(*) FILTER (WHERE kind = 'click')", window: 6h}
                  items_1d: {measure: count(DISTINCT item), window: 1d}
                  about_1d: {measure: approx_count_distinct(item), window: 1d}
                  median_1d: {measure: "approx_quantile(price, 0.5)", window: 1d}
                  spent_1d: {measure: sum(price), window: 1d}
                  spread_1d: {measure: stddev_pop(price), window: 1d}
                  top_1d: {measure: "top(item, 3)", window: 1d}
                  mix_1d: {measure: entropy(kind), window: 1d}
                  recent: {measure: "last(item, 5)", window: 1d}
                  faded: {measure: count(*), window: 12h, half_life: 3h}
                derive:
                  ctr: (clicks_6h + 1) / (views_6h + 20)
                load: {stream: {LIVE}, batch: {CHECK}}
                stream: {pace: 50ms, out_of_orderness: 30m, allowed_lateness: 3h, horizon: 4d, checkpoint: 300ms, linger: 20ms}
                run: {parallelism: 2, max_error_rate: 1, retry: {initial: 50ms, max: 200ms}}
                """
                        .replace("{STREAM}", "{" + behaviours.source(true) + "}")
                        .replace("{BATCH}", "{" + behaviours.source(false) + "}")
                        .replace("{LIVE}", "{" + users.target("live") + "}")
                        .replace("{CHECK}", "{" + users.target("batch") + "}");
        return Files.writeString(folder.resolve("live.yaml"), text);
    }

    private FeatureDefinition definition(Path file, String... sets) {
        return FeaturesFile.load(
                        file, List.of(sets), Optional.empty(), new Environment(Map.of(), folder), Catalog.load())
                .definition();
    }

    @Test
    void everyFeatureHasTheBitsThatABatchRunGivesIt() throws IOException {
        System.err.println("features, seed " + seed);
        ServedUsers users = ServedUsers.empty();
        try (Behaviours behaviours = new Behaviours(random)) {
            Path file = file(behaviours, users);
            Instant first = Behaviours.BEGIN.plus(Duration.ofHours(20));
            Instant second = first.plus(Duration.ofHours(9));
            try (Streaming stream = start(file, "run.parallelism=2")) {
                behaviours.happen(400, Behaviours.BEGIN, first);
                compare(file, stream, behaviours, users, first);
                // Too late, and just in time to change what was final.
                behaviours.comeAfterwards(
                        15, Behaviours.BEGIN, first.minus(LATENESS).minusSeconds(1), false);
                behaviours.comeAfterwards(25, first.minus(LATENESS).plusSeconds(1), first, true);
                compare(file, stream, behaviours, users, first);
                assertThat(stream.latest().keyed().late()).as("seed %d", seed).isEqualTo(15);
                assertThat(stream.latest().keyed().corrections())
                        .as("seed %d", seed)
                        .isEqualTo(25);
                behaviours.happen(150, first, second);
                stream.stop();
            }
            try (Streaming stream = start(file, "run.parallelism=1")) {
                compare(file, stream, behaviours, users, second);
                // Days without events: windows slide, and empty.
                compare(file, stream, behaviours, users, second.plus(Duration.ofHours(13)));
                StreamStatus status = stream.stop();
                assertThat(status.counts().rejected()).as("seed %d", seed).isEqualTo(15);
                assertThat(status.counts().deduplicated()).as("seed %d", seed).isEqualTo(behaviours.repeated());
                assertThat(status.counts().balanced()).as("seed %d", seed).isTrue();
            }
        }
    }

    private Streaming start(Path file, String... sets) {
        return Streaming.start(
                FeatureStreams.of(definition(file, sets), List.of(sets), folder.resolve(".millrace")),
                StreamStart.LATEST);
    }

    /** Brings the stream to a point in time, and compares all users' features with those of a batch run as of it. */
    private void compare(Path file, Streaming stream, Behaviours behaviours, ServedUsers users, Instant asOf) {
        behaviours.comeTo(asOf);
        stream.await(status -> status.counts().extracted() == behaviours.sent()
                && status.watermark().filter(asOf::equals).isPresent());
        users.requireForward("live");
        compare(file, users, asOf);
    }

    private void compare(Path file, ServedUsers users, Instant asOf) {
        users.forget("batch");
        FeatureDefinition definition = definition(file);
        AsOfRange range = AsOfRange.asOf(definition.view(), asOf);
        RunReport report;
        try (Ledger ledger = StatePlace.in(folder.resolve("batch-state")).open()) {
            report = new Runner(
                            ledger,
                            folder.resolve("batch-state"),
                            new LocalEngine(),
                            RunListener.NONE,
                            new StopSignal(),
                            Optional.empty())
                    .run(
                            new FeatureJob(FeatureJob.Kind.OF_EVENTS, range).of(definition, List.of()),
                            Optional.of(range.window()),
                            Rerun.DEFAULT);
        }
        assertThat(report.status()).as("%s", report).isEqualTo(RunReport.Status.SUCCESS);
        Map<String, Map<String, String>> batch = users.values("batch");
        Map<String, Map<String, String>> live = users.values("live");
        live.keySet().retainAll(batch.keySet());
        assertThat(batch).as("seed %d, as of %s", seed, asOf).isNotEmpty();
        assertThat(live).as("seed %d, as of %s", seed, asOf).isEqualTo(batch);
    }

    /** With {@code -Dmillrace.stream.kills=N}: N kills and failures. */
    @Test
    void killsLoseNothingAndNothingGoesBack() throws IOException {
        System.err.println("killed features, seed " + seed);
        ServedUsers users = ServedUsers.empty();
        try (Behaviours behaviours = new Behaviours(random)) {
            Path file = file(behaviours, users);
            Instant time = Behaviours.BEGIN;
            for (int i = 0; i < KILLS; i++) {
                Failpoint place = List.of(
                                Failpoint.MID_READ,
                                Failpoint.BEFORE_WRITE,
                                Failpoint.MID_WRITE,
                                Failpoint.BEFORE_STAGE,
                                Failpoint.AFTER_STAGE,
                                Failpoint.BEFORE_COMMIT,
                                Failpoint.AFTER_COMMIT)
                        .get(random.nextInt(7));
                boolean kill = i % 2 == 0;
                int count = 2 + random.nextInt(6);
                System.err.println((kill ? "kill at " : "failure at ") + place + ":" + count);
                time = disturbed(behaviours, users, time, place, count, kill);
            }
            Instant end = Instant.ofEpochSecond((time.getEpochSecond() / 3_600 + 2) * 3_600);
            behaviours.comeTo(end);
            try (ChildProcess child =
                    stream().under(List.of("env", "--default-signal")).start()) {
                awaitStatus(child, behaviours, users, end);
                child.signal("TERM");
                ChildExit exit = child.await(PATIENCE);
                assertThat(exit.code()).as("%s", exit).isEqualTo(143);
            }
            StreamStatus stopped = status().orElseThrow();
            assertThat(stopped.counts().extracted()).as("seed %d", seed).isEqualTo(behaviours.sent());
            assertThat(stopped.counts().deduplicated()).as("seed %d", seed).isEqualTo(behaviours.repeated());
            assertThat(stopped.counts().rejected()).as("seed %d", seed).isZero();
            compare(file, users, end);
        }
    }

    /** The process is killed at a place, or its job fails there and begins again; events come all the while. */
    private Instant disturbed(
            Behaviours behaviours, ServedUsers users, Instant from, Failpoint place, int count, boolean kill) {
        Instant[] time = {from};
        try (ChildProcess child = stream()
                .withFailpoint(place, count, kill ? ChildJvm.Action.KILL : ChildJvm.Action.THROW)
                .start()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        behaviours.happen(10, time[0], time[0].plus(Duration.ofMinutes(10)));
                        time[0] = time[0].plus(Duration.ofMinutes(10));
                        users.requireForward("live");
                        return kill
                                ? !child.isAlive()
                                : status().filter(status -> status.restarts() > 0)
                                        .isPresent();
                    });
            if (!kill) {
                child.kill();
            }
        }
        return time[0];
    }

    private void awaitStatus(ChildProcess child, Behaviours behaviours, ServedUsers users, Instant end) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            users.requireForward("live");
            if (!child.isAlive()) {
                throw new AssertionError(child.await(PATIENCE).toString());
            }
            return status().filter(status -> status.counts().extracted() == behaviours.sent()
                            && status.watermark().filter(end::equals).isPresent())
                    .isPresent();
        });
    }

    private ChildJvm stream() {
        return ChildJvm.of("io.millrace.app.Millrace")
                .withArguments("stream", "live.yaml", "--json")
                .in(folder);
    }

    private Optional<StreamStatus> status() {
        return StreamStatusJson.read(
                StreamFolder.of(folder.resolve(".millrace"), "live").status());
    }
}
