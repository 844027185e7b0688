package io.millrace.core.metrics;

import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.ledger.RunState;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What monitoring is told about the pipelines of a state folder, in Prometheus's text format. */
public final class PrometheusText {
    /** The media type of the text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final int UNFINISHED_COUNTED = 10_000;

    private final Ledger ledger;
    private final Path stateFolder;
    private final Clock clock;

    public PrometheusText(Ledger ledger, Path stateFolder) {
        this(ledger, stateFolder, Clock.systemUTC());
    }

    PrometheusText(Ledger ledger, Path stateFolder, Clock clock) {
        this.ledger = ledger;
        this.stateFolder = stateFolder;
        this.clock = clock;
    }

    /** As things are now. */
    public String now() {
        Exposition exposition = new Exposition();
        new MeterFile(stateFolder).read().pipelines().forEach((pipeline, totals) -> add(exposition, pipeline, totals));
        unfinished(exposition);
        streams(exposition);
        return exposition.text();
    }

    private static void add(Exposition to, String pipeline, PipelineTotals totals) {
        RunTotals sums = totals.sums();
        if (!totals.source().isEmpty()) {
            to.add(Metric.RECORDS_READ, sums.read(), "pipeline", pipeline, "connector", totals.source());
            to.add(Metric.RECORDS_WRITTEN, sums.written(), "pipeline", pipeline, "connector", totals.target());
            to.add(Metric.RECORDS_REJECTED, sums.rejected(), "pipeline", pipeline);
            to.add(Metric.RECORDS_FILTERED, sums.filtered(), "pipeline", pipeline);
            to.add(Metric.RECORDS_DEDUPLICATED, sums.deduplicated(), "pipeline", pipeline);
        }
        sums.steps().forEach((step, passed) -> {
            to.add(Metric.STEP_RECORDS_IN, passed.in(), "pipeline", pipeline, "step", step);
            to.add(Metric.STEP_RECORDS_OUT, passed.out(), "pipeline", pipeline, "step", step);
            to.add(Metric.STEP_SECONDS, passed.seconds(), "pipeline", pipeline, "step", step);
        });
        totals.runs().forEach((status, runs) -> to.add(Metric.RUNS, runs, "pipeline", pipeline, "status", status));
        to.add(Metric.RUN_DURATION, totals.seconds(), "pipeline", pipeline);
        if (totals.succeeded() > 0) {
            to.add(Metric.RUN_LAST_SUCCESS, totals.succeeded() / 1000.0, "pipeline", pipeline);
        }
    }

    private void unfinished(Exposition to) {
        Map<String, Map<RunState, Integer>> found = new TreeMap<>();
        EnumSet<RunState> states = EnumSet.of(RunState.RUNNING, RunState.COMMITTING, RunState.FAILED, RunState.STOPPED);
        for (RunRecord run : ledger.runs(Optional.empty(), states, UNFINISHED_COUNTED)) {
            found.computeIfAbsent(run.key().pipeline(), none -> new TreeMap<>()).merge(run.state(), 1, Integer::sum);
        }
        found.forEach((pipeline, runs) -> runs.forEach((state, count) -> to.add(
                Metric.RUNS_UNFINISHED,
                count,
                "pipeline",
                pipeline,
                "state",
                state.name().toLowerCase(Locale.ROOT))));
    }

    private void streams(Exposition to) {
        Path folder = stateFolder.resolve("streams");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> streams = Files.list(folder)) {
            streams.sorted().forEach(stream -> status(stream).ifPresent(status -> add(to, status)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<StreamStatus> status(Path stream) {
        try {
            return StreamStatusJson.read(new StreamFolder(stream).status());
        } catch (MillraceException damaged) {
            return Optional.empty();
        }
    }

    private void add(Exposition to, StreamStatus stream) {
        String pipeline = stream.pipeline();
        boolean running = stream.state() == StreamStatus.State.RUNNING;
        to.add(Metric.RECORDS_READ, stream.counts().extracted(), "pipeline", pipeline, "connector", "kafka");
        to.add(
                Metric.RECORDS_WRITTEN,
                stream.counts().loaded(),
                "pipeline",
                pipeline,
                "connector",
                connector(stream.target()));
        to.add(Metric.RECORDS_REJECTED, stream.counts().rejected(), "pipeline", pipeline);
        to.add(Metric.RECORDS_FILTERED, stream.counts().filtered(), "pipeline", pipeline);
        to.add(Metric.RECORDS_DEDUPLICATED, stream.counts().deduplicated(), "pipeline", pipeline);
        to.add(Metric.STREAM_UP, running ? 1 : 0, "pipeline", pipeline);
        to.add(Metric.STREAM_RESTARTS, stream.restarts(), "pipeline", pipeline);
        stream.behind().ifPresent(behind -> to.add(Metric.STREAM_BEHIND, behind, "pipeline", pipeline));
        stream.watermark()
                .filter(watermark -> running)
                .ifPresent(watermark -> to.add(
                        Metric.WATERMARK_LAG,
                        Math.max(0, Duration.between(watermark, clock.instant()).toMillis() / 1000.0),
                        "pipeline",
                        pipeline));
    }

    /** A target describes itself by its connector's name or a URL. */
    private static String connector(String description) {
        String first = description.split("://|[ /]", 2)[0];
        return switch (first) {
            case "postgresql" -> "postgres";
            case "rediss" -> "redis";
            case "" -> "other";
            default -> first;
        };
    }

    /** Writes the text into a file, for the text file collector of Prometheus's node exporter; readers see a whole one. */
    public void write(Path file) {
        try {
            DurableFiles.createDirectories(file.toAbsolutePath().getParent());
            DurableFiles.write(file, now().getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw MillraceException.denied("the metrics cannot be written to " + file + " (" + failed + ")", failed);
        }
    }
}
