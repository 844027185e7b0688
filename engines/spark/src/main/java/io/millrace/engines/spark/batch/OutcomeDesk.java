package io.millrace.engines.spark.batch;

import io.millrace.api.Counts;
import io.millrace.api.DurableFiles;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.core.engine.ErrorRate;
import io.millrace.core.engine.PieceRecorder;
import io.millrace.core.engine.RunWork;
import io.millrace.core.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Enters outcomes in the ledger, on a thread of its own: Spark hands them over on the thread that schedules tasks. The first
 * result of a piece wins, here too.
 */
final class OutcomeDesk implements AutoCloseable {
    private final RunWork work;
    private final PieceRecorder recorder;
    private final Map<String, Split> splits = new HashMap<>();
    private final Map<Integer, ErrorRate> rates = new HashMap<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Runnable onFailure;
    private final RowProgress progress;
    private final GatheredNotes notes = new GatheredNotes();
    private boolean finished;
    private final ExecutorService clerk = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "millrace-outcomes");
        thread.setDaemon(true);
        return thread;
    });

    /** @param onFailure what to do at once where a result cannot be entered, or shows that the run must fail */
    OutcomeDesk(RunWork work, RowProgress progress, Runnable onFailure) {
        this.progress = progress;
        this.work = work;
        this.recorder = work.recorder();
        this.onFailure = onFailure;
        for (int stage = 0; stage <= work.steps().last(); stage++) {
            work.splits(stage).forEach(split -> splits.put(split.id(), split));
            rates.put(stage, new ErrorRate(work.options().maxErrorRate(), work.counts(stage)));
        }
    }

    /** Takes the outcomes that a task has given. */
    void take(List<byte[]> outcomes) {
        clerk.execute(() -> {
            try {
                outcomes.forEach(bytes -> enter(Outcome.of(bytes)));
            } catch (RuntimeException failed) {
                if (failure.compareAndSet(null, failed)) {
                    onFailure.run();
                }
            }
        });
    }

    private void enter(Outcome outcome) {
        PieceResult result = outcome.result();
        if (outcome.rejects().length > 0) {
            store(work.folder().rejectFiles(List.of(result)).get(0), outcome.rejects());
        }
        recorder.keep(result);
        Split split = splits.get(outcome.splitId());
        if (!recorder.record(split, result)) {
            return;
        }
        Failpoint.AFTER_STAGE.reached();
        notes.add(outcome.notes());
        Counts counts = result.counts();
        if (outcome.stage() == 0) {
            long rest = progress.rest(split, counts.extracted());
            work.listener().on(new RunEvent.Progressed(split, rest, counts.rejected()));
            work.listener().on(new RunEvent.Staged(split, result));
        }
        ErrorRate rate = rates.get(outcome.stage());
        rate.add(counts.extracted(), counts.rejected());
        rate.check();
    }

    private static void store(Path file, byte[] content) {
        try {
            DurableFiles.createDirectories(file.getParent());
            DurableFiles.write(file, content);
        } catch (IOException failed) {
            throw MillraceException.unavailable(
                    "cannot store rejected rows in " + file + " (" + failed
                            + "); make the folder writable and see that its disk has space",
                    failed);
        }
    }

    /** Waits until everything is entered; throws what kept it from being so. */
    void finish() {
        close();
        if (!finished) {
            finished = true;
            work.heard(notes.notices(), notes.lookups());
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    @Override
    public void close() {
        clerk.shutdown();
        boolean interrupted = false;
        while (!clerk.isTerminated()) {
            try {
                clerk.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException asked) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
