package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.app.Signals;
import io.millrace.app.console.Format;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.Rerun;
import io.millrace.core.ledger.StatePlace;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamEngine;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.stream.StreamStatus;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import io.millrace.features.FeaturesFile;
import io.millrace.features.local.FeatureJob;
import io.millrace.features.stream.FeatureStreams;
import io.millrace.sandbox.Dirt;
import io.millrace.sandbox.EmbeddedKafka;
import io.millrace.sandbox.EmbeddedRedis;
import io.millrace.sandbox.EventFeed;
import io.millrace.sandbox.EventGenerator;
import io.millrace.sandbox.Expected;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * {@code millrace demo --stream}: events flow from a broker into a Delta table and, as features, into Redis; both are watched
 * live, and in the end compared with what they must be.
 */
final class StreamDemo {
    static final String ROWS = "clicks-to-delta.yaml";
    static final String FEATURES = "live-user-features.yaml";

    private static final String TOPIC = "behaviors";
    private static final int PARTITIONS = 2;
    private static final long MOST_EVENTS = 100_000_000;
    private static final long SEED = 42;
    /** The view's points in time, and what its stream waits for late events. */
    private static final long HOP_SECONDS = 300;

    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(30);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final PrintStream out;
    private final Path home;
    private final OutputOptions output;
    private final JobRun runs;
    private final StopSignal stop = new StopSignal();

    StreamDemo(PrintStream out, Path home, OutputOptions output, ProgressOptions progress) {
        this.out = out;
        this.home = home;
        this.output = output;
        this.runs = new JobRun(output, progress, false);
    }

    /** Runs it for so long, at so many events a second; true where everything is as it must be. */
    boolean run(StreamEngine engine, Duration length, int rate) throws InterruptedException {
        Signals.handle((exitCode, times) -> {
            if (times > 1) {
                Runtime.getRuntime().halt(exitCode);
            }
            out.println("\nending; once more to end at once");
            stop.request();
        });
        say("Starting Kafka and Redis …");
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start();
                EmbeddedRedis redis = EmbeddedRedis.builder().start()) {
            kafka.createTopic(TOPIC, PARTITIONS, Map.of());
            Environment environment = new Environment(
                    Map.of(
                            "KAFKA_BROKERS", kafka.brokers(),
                            "REDIS_URL", redis.url(),
                            "REDIS_PASSWORD", redis.password()),
                    home);
            Catalog catalog = new PluginOption().catalog(home);
            PipelineDefinition rows = PipelineFile.load(
                            home.resolve(ROWS), List.of(), Optional.empty(), environment, catalog)
                    .definition();
            FeatureDefinition features = FeaturesFile.load(
                            home.resolve(FEATURES), List.of(), Optional.empty(), environment, catalog)
                    .definition();
            Path state = home.resolve(".millrace");
            say("Two streams (millrace stream " + ROWS + ", millrace stream " + FEATURES + "), for "
                    + Format.duration(length) + "; Ctrl-C ends them before:");
            try (EventFeed feed = new EventFeed(
                            EventGenerator.of(MOST_EVENTS, SEED, Dirt.defaults()), kafka.brokers(), TOPIC, PARTITIONS);
                    DemoStream toDelta = DemoStream.start(engine, StreamJob.of(rows, List.of(), state));
                    DemoStream toRedis = DemoStream.start(engine, FeatureStreams.of(features, List.of(), state))) {
                LiveValues live = new LiveValues(redis);
                watch(feed, rate, length, toDelta, toRedis, live);
                Optional<Instant> asOf = settle(feed, toDelta, toRedis);
                StreamStatus delta = toDelta.stop();
                StreamStatus values = toRedis.stop();
                return asOf.isPresent() && judge(feed.sent(), delta, values, features, live, asOf.get(), state);
            }
        }
    }

    private void watch(
            EventFeed feed, int rate, Duration length, DemoStream toDelta, DemoStream toRedis, LiveValues live)
            throws InterruptedException {
        boolean running = toDelta.await(status -> true, stop) && toRedis.await(status -> true, stop);
        CompletableFuture<Void> sending = running
                ? CompletableFuture.runAsync(() -> feed(feed, rate, length))
                : CompletableFuture.completedFuture(null);
        String user = "";
        while (!sending.isDone() && !toDelta.hasEnded() && !toRedis.hasEnded()) {
            // The pace at which people can read; what ends it is looked at as often.
            Thread.sleep(1_000);
            user = user.isEmpty() ? live.anyone() : user;
            out.println(line(feed, toDelta, toRedis, live, user));
        }
        stopFeeding(sending);
    }

    /** In short pieces, so that the demo can be ended in between. */
    private void feed(EventFeed feed, int rate, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0 && !stop.requested(); left = end - System.nanoTime()) {
            feed.send(rate, Duration.ofNanos(Math.min(left, 500_000_000L)));
        }
    }

    private void stopFeeding(CompletableFuture<Void> sending) {
        if (!sending.isDone()) {
            stop.request();
        }
        sending.join();
    }

    private static String line(EventFeed feed, DemoStream toDelta, DemoStream toRedis, LiveValues live, String user) {
        return String.format(
                Locale.ROOT,
                "%,10d events sent | %,10d rows in Delta | %,10d events in %,7d users' features | user %s: %s",
                feed.sent(),
                toDelta.latest().map(status -> status.counts().loaded()).orElse(0L),
                toRedis.latest().map(status -> status.counts().loaded()).orElse(0L),
                live.users(),
                user,
                shown(live.of(user)));
    }

    private static String shown(Map<String, String> values) {
        return List.of("views_1h", "clicks_1h", "ctr_1h", "recent_items").stream()
                .filter(values::containsKey)
                .map(name -> name + " " + values.get(name))
                .collect(Collectors.joining(", "));
    }

    /**
     * Lets event time come to a point in time behind all events, so that all values as of it are final; a last event does that.
     * Empty where a stream has ended by itself.
     */
    private Optional<Instant> settle(EventFeed feed, DemoStream toDelta, DemoStream toRedis)
            throws InterruptedException {
        StopSignal patience = new StopSignal();
        long sent = feed.sent();
        boolean read = toRedis.await(
                status -> status.counts().extracted() >= sent
                        && status.watermark().isPresent(),
                patience);
        if (!read) {
            return Optional.empty();
        }
        long watermark =
                toRedis.latest().orElseThrow().watermark().orElseThrow().getEpochSecond();
        Instant asOf = Instant.ofEpochSecond((Math.floorDiv(watermark, HOP_SECONDS) + 2) * HOP_SECONDS);
        feed.sendToAll(last(asOf.plus(OUT_OF_ORDER)));
        boolean settled = toRedis.await(
                        status -> status.watermark()
                                        .filter(at -> !at.isBefore(asOf))
                                        .isPresent()
                                && status.counts().extracted() >= sent + PARTITIONS,
                        patience)
                && toDelta.await(status -> status.counts().extracted() >= sent + PARTITIONS, patience);
        return settled ? Optional.of(asOf) : Optional.empty();
    }

    private static byte[] last(Instant time) {
        String ts =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).format(time.atZone(ZONE));
        return ("{\"event_id\":1,\"user_id\":0,\"item_id\":0,\"event_type\":\"view\",\"ts\":\"" + ts + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private boolean judge(
            long sent,
            StreamStatus toDelta,
            StreamStatus toRedis,
            FeatureDefinition features,
            LiveValues live,
            Instant asOf,
            Path state) {
        say("What came of it:");
        Expected expected = EventGenerator.of(sent, SEED, Dirt.defaults()).expected();
        // The last event is there once for each partition.
        long loaded = expected.loaded() + 1;
        long duplicates = expected.deduplicated() + PARTITIONS - 1;
        boolean exact = told(
                toDelta.counts().extracted() == sent + PARTITIONS
                        && toDelta.counts().loaded() == loaded
                        && repeated(toDelta) == duplicates
                        && toDelta.counts().rejected() - toDelta.keyed().late() == expected.rejected(),
                "of " + Format.count(sent + PARTITIONS) + " messages "
                        + Format.count(toDelta.counts().loaded())
                        + " are rows in " + toDelta.target() + ", "
                        + Format.count(toDelta.counts().deduplicated())
                        + " were duplicates, " + Format.count(toDelta.counts().rejected())
                        + " rejected, " + Format.count(toDelta.keyed().late())
                        + " of them duplicates that came late: what the generator of the events expects");
        long inDelta = readBack();
        exact &= told(inDelta == loaded, Format.count(inDelta) + " rows are read back from the Delta table");
        long timed = 1 + timed(sent);
        exact &= told(
                toRedis.counts().loaded() == timed
                        && repeated(toRedis) == duplicates
                        && toRedis.counts().balanced(),
                Format.count(toRedis.counts().loaded()) + " events are in the features: all that have a time");
        RunReport batch = runs.report(
                new FeatureJob(FeatureJob.Kind.OF_EVENTS, AsOfRange.asOf(features.view(), asOf))
                        .of(features, List.of()),
                Optional.of(AsOfRange.asOf(features.view(), asOf).window()),
                Rerun.DEFAULT,
                StatePlace.in(state),
                stop);
        LiveValues.Difference difference = live.compare();
        exact &= told(
                batch.status() == RunReport.Status.SUCCESS && difference.none(),
                "millrace features " + FEATURES + " --as-of " + asOf + ", a batch run over the same topic: "
                        + difference.different() + " of " + Format.count(difference.users())
                        + " users' features differ from the stream's in any bit");
        if (output.json()) {
            output.print(json(sent, toDelta, toRedis, difference, exact));
        }
        return exact;
    }

    private static long timed(long sent) {
        long[] timed = new long[1];
        EventGenerator.of(sent, SEED, Dirt.defaults()).forEachClean(event -> timed[0] += event.ts() == null ? 0 : 1);
        return timed[0];
    }

    /** A duplicate that comes when its original is behind the watermark is late; since no row is lost, all late ones are such. */
    private static long repeated(StreamStatus status) {
        return status.counts().deduplicated() + status.keyed().late();
    }

    private long readBack() {
        Map<String, Object> delta = Map.of("delta", Map.of("path", "lake/behaviors"));
        PipelineDefinition lake = PipelineFile.ofMap(
                        Map.of("pipeline", "read-back", "extract", delta, "load", delta),
                        Optional.empty(),
                        new Environment(Map.of(), home),
                        new PluginOption().catalog(home))
                .definition();
        try (Extractor extractor = lake.extract()
                .create(new ConnectorContext(home, lake.run().retry().policy()))) {
            return extractor.rowCount().orElse(0);
        }
    }

    private boolean told(boolean holds, String what) {
        out.println((holds ? "  yes: " : "  NO:  ") + what);
        return holds;
    }

    private static ObjectNode json(
            long sent, StreamStatus toDelta, StreamStatus toRedis, LiveValues.Difference difference, boolean exact) {
        return new ObjectMapper()
                .createObjectNode()
                .put("status", exact ? "success" : "failed")
                .put("sent", sent)
                .put("rows", toDelta.counts().loaded())
                .put("events_in_features", toRedis.counts().loaded())
                .put("users", difference.users())
                .put("different", difference.different());
    }

    private void say(String text) {
        out.println();
        out.println(text);
    }
}
