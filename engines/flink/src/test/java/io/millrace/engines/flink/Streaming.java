package io.millrace.engines.flink;

import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.LoadedPipeline;
import io.millrace.core.pipeline.PipelineFile;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.stream.StreamListener;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A stream that runs in a thread of the test. */
final class Streaming implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Checkpoints follow each other closely, so that tests need not wait. */
    static final String QUICK = "stream: {event_time: ts, checkpoint: 200ms, linger: 20ms}\n"
            + "run: {parallelism: 2, max_error_rate: 1, retry: {initial: 50ms, max: 200ms}}\n";

    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<StreamStatus> ended;
    private volatile StreamStatus latest;

    private Streaming(StreamJob job, StreamStart start) {
        StreamListener listener = status -> latest = status;
        ended = CompletableFuture.supplyAsync(() -> new FlinkStreamEngine().run(job, start, stop, listener));
    }

    static Path pipeline(Path folder, String yaml) {
        try {
            return Files.writeString(folder.resolve("pipeline.yaml"), yaml);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static StreamJob job(Path file) {
        LoadedPipeline loaded = PipelineFile.load(
                file, List.of(), Optional.empty(), new Environment(Map.of(), file.getParent()), Catalog.load());
        return StreamJob.of(loaded.definition(), List.of(), file.getParent().resolve(".millrace"));
    }

    static Streaming start(Path file, StreamStart start) {
        return new Streaming(job(file), start);
    }

    static Streaming start(StreamJob job, StreamStart start) {
        return new Streaming(job, start);
    }

    StreamStatus latest() {
        return latest;
    }

    /** Waits until the stream tells something of itself. */
    void await(Predicate<StreamStatus> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ended.isCompletedExceptionally() || latest != null && condition.test(latest));
        if (ended.isCompletedExceptionally()) {
            end();
        }
    }

    /** Waits until so many messages are accounted for. */
    void awaitExtracted(long count) {
        await(status -> status.counts().extracted() >= count);
    }

    /** Stops it, and waits for its end. */
    StreamStatus stop() {
        stop.request();
        return end();
    }

    /** Waits for its end. */
    StreamStatus end() {
        try {
            return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new AssertionError(failed);
        } catch (InterruptedException | TimeoutException failed) {
            throw new AssertionError("the stream did not end; it was last heard to be " + latest, failed);
        }
    }

    @Override
    public void close() {
        stop.request();
        if (!ended.isDone()) {
            end();
        }
    }
}
