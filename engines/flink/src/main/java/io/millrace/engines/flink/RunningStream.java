package io.millrace.engines.flink;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Timestamps;
import io.millrace.core.run.StopSignal;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamListener;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatus.State;
import io.millrace.core.stream.StreamStatusJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** Accompanies a stream's job to its end: tells how it is doing, and stops it with a savepoint when asked to. One thread. */
final class RunningStream {
    private static final long TELL_MILLIS = 1_000;
    /** How often the brokers are asked how far behind the stream is where nothing was committed, in tellings. */
    private static final int ASK_BROKERS = 5;
    /** What stopping takes beyond a checkpoint: writers flush, targets commit. */
    private static final long STOP_SECONDS = 300;

    private final Beginning beginning;
    private final StreamParts parts;
    private final StreamFolder folder;
    private final StopSignal stop;
    private final StreamListener listener;
    private final Instant started = Instant.now();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Optional<Long> behind = Optional.empty();
    private long asked;

    RunningStream(Beginning beginning, StreamFolder folder, StopSignal stop, StreamListener listener) {
        this.beginning = beginning;
        this.parts = beginning.parts();
        this.folder = folder;
        this.stop = stop;
        this.listener = listener;
    }

    StreamStatus run() {
        parts.register();
        try {
            return accompany();
        } finally {
            parts.forget();
        }
    }

    private StreamStatus accompany() {
        JobClient job;
        try {
            job = FlinkJob.start(parts, folder.checkpoints(parts.lineage().id()), beginning.from(), beginning.owned());
        } catch (Exception failed) {
            throw new MillraceException(ErrorKind.INTERNAL, "Flink could not start the stream: " + failed, failed);
        }
        stop.onRequest(stopping::countDown);
        try {
            for (long tellings = 0; !ended(job); tellings++) {
                tell(State.RUNNING, Optional.empty(), tellings % ASK_BROKERS == 0);
                if (stopping.await(TELL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return stopped(job);
                }
            }
            return failed(reason(job));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            job.cancel();
            return failed(new MillraceException(ErrorKind.STOPPED, "the stream was interrupted", interrupted));
        }
    }

    private static boolean ended(JobClient job) {
        return job.getJobExecutionResult().isDone();
    }

    private StreamStatus stopped(JobClient job) throws InterruptedException {
        Path savepoints = folder.savepoints(parts.lineage().id());
        try {
            String savepoint = job.stopWithSavepoint(
                            false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(STOP_SECONDS, TimeUnit.SECONDS);
            job.getJobExecutionResult().get(STOP_SECONDS, TimeUnit.SECONDS);
            return tell(State.STOPPED, Optional.of(savepoint), true);
        } catch (ExecutionException | TimeoutException failed) {
            if (ended(job)) {
                return failed(reason(job));
            }
            job.cancel();
            return failed(new MillraceException(
                    ErrorKind.UNAVAILABLE,
                    "the stream was stopped without a savepoint (" + failed.getMessage()
                            + "); it goes on from its last checkpoint",
                    failed));
        }
    }

    private MillraceException reason(JobClient job) {
        Optional<MillraceException> known = parts.progress().view().failure();
        try {
            job.getJobExecutionResult().get(STOP_SECONDS, TimeUnit.SECONDS);
            return new MillraceException(ErrorKind.INTERNAL, "the stream came to an end by itself");
        } catch (ExecutionException failed) {
            return known.orElseGet(
                    () -> new MillraceException(ErrorKind.INTERNAL, "the stream failed: " + root(failed), failed));
        } catch (TimeoutException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new MillraceException(ErrorKind.STOPPED, "the stream was interrupted", interrupted);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private StreamStatus failed(MillraceException reason) {
        parts.progress().failed(reason);
        return tell(State.FAILED, Optional.empty(), false);
    }

    private StreamStatus tell(State state, Optional<String> savepoint, boolean askBrokers) {
        Progress.View view = parts.progress().view();
        if (askBrokers || view.checkpoint() != asked) {
            behind = behind(view);
            asked = view.checkpoint();
        }
        StreamStatus status = new StreamStatus(
                parts.lineage().pipeline(),
                parts.lineage().id(),
                state,
                parts.source().describe(),
                parts.loader().describe(),
                started,
                Instant.now(),
                view.counts(),
                view.keyed(),
                view.watermark().map(Timestamps::toInstant),
                behind,
                view.checkpoint(),
                view.checkpointed(),
                view.rowsPerSecond(),
                view.restarts(),
                savepoint,
                state == State.STOPPED
                        ? Optional.empty()
                        : view.failure().map(why -> new StreamStatus.Failure(why.kind(), why.getMessage())));
        StreamStatusJson.write(status, folder.status());
        listener.on(status);
        return status;
    }

    private Optional<Long> behind(Progress.View view) {
        if (view.next().isEmpty() && beginning.from().isPresent()) {
            // The offsets that the checkpoint holds are Flink's alone, until something is read.
            return behind;
        }
        try {
            return Optional.of(
                    ConnectorThread.as(parts.source(), () -> parts.source().behind(view.next())));
        } catch (MillraceException silent) {
            return Optional.empty();
        }
    }
}
