package io.millrace.app.command;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamEngine;
import io.millrace.core.stream.StreamJob;
import io.millrace.core.stream.StreamStart;
import io.millrace.core.stream.StreamStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** One of the demo's streams, in a thread of its own. */
final class DemoStream implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final StopSignal stop = new StopSignal();
    private final CompletableFuture<StreamStatus> ended;
    private volatile StreamStatus latest;

    private DemoStream(StreamEngine engine, StreamJob job) {
        ended = CompletableFuture.supplyAsync(
                () -> engine.run(job, StreamStart.LATEST, stop, status -> latest = status));
    }

    static DemoStream start(StreamEngine engine, StreamJob job) {
        return new DemoStream(engine, job);
    }

    /** What it has last told; empty before that. */
    Optional<StreamStatus> latest() {
        return Optional.ofNullable(latest);
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** Waits until it tells something of itself; false where it has ended before, or where somebody wants to end the demo. */
    boolean await(Predicate<StreamStatus> condition, StopSignal demo) throws InterruptedException {
        while (latest == null || !condition.test(latest)) {
            if (ended.isDone() || demo.requested()) {
                return false;
            }
            // A stream tells how it is in a file, and nobody when the file changes.
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Stops it, and returns how it has ended. */
    StreamStatus stop() throws InterruptedException {
        stop.request();
        try {
            return ended.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof MillraceException known) {
                throw known;
            }
            throw new MillraceException(
                    ErrorKind.INTERNAL, "a stream of the demo failed: " + failed.getCause(), failed);
        }
    }

    @Override
    public void close() {
        stop.request();
    }
}
