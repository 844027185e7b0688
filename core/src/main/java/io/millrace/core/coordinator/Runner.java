package io.millrace.core.coordinator;

import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.engine.BatchEngine;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunKey;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunEvent;
import io.millrace.core.run.RunListener;
import io.millrace.core.run.RunReport;
import io.millrace.core.run.StopSignal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs jobs exactly once: looks into the ledger what a run key means now, then begins, resumes, repeats or leaves it. One
 * run at a time; the stop signal may come from any thread.
 */
public final class Runner {
    private final Ledger ledger;
    private final Path stateFolder;
    private final BatchEngine engine;
    private final RunListener listener;
    private final StopSignal stop;
    private final Optional<String> scheduledBy;

    /** @param stateFolder for files beside the ledger: claims, and rejects unless the job puts them elsewhere */
    public Runner(Ledger ledger, Path stateFolder, BatchEngine engine, RunListener listener, StopSignal stop) {
        this(ledger, stateFolder, engine, listener, stop, Optional.empty());
    }

    /** @param scheduledBy who asks for the runs, remembered with each attempt */
    public Runner(
            Ledger ledger,
            Path stateFolder,
            BatchEngine engine,
            RunListener listener,
            StopSignal stop,
            Optional<String> scheduledBy) {
        this.ledger = ledger;
        this.stateFolder = stateFolder;
        this.engine = engine;
        this.listener = RunListener.serialized(listener);
        this.stop = stop;
        this.scheduledBy = scheduledBy;
    }

    /**
     * Runs a job for a window, or for everything; of an incremental source, for what is new.
     *
     * @return what came of it, a failure included; the ledger then holds the run, and calling again resumes it
     * @throws MillraceException where it could not begin: a user error, a lease held by another process, a source or target
     *     that cannot be reached. Nothing has been written then.
     */
    public RunReport run(Job job, Optional<TimeWindow> window, Rerun rerun) {
        Instant started = Instant.now();
        try (Extractor extractor = job.source().get();
                Loader loader = job.target().get()) {
            RunKey key = key(job, window, extractor);
            Lease lease = ledger.acquire(key);
            try (Heartbeat beat = Heartbeat.start(ledger, lease, stop)) {
                RunDecision decision = new RunHistory(ledger).decide(key, job, loader.mode(), rerun);
                RunReport report = decision instanceof RunDecision.AlreadyDone done
                        ? alreadyDone(done, started)
                        : new RunAttempt(this, job, key, extractor, loader, lease, started).perform(decision);
                listener.on(new RunEvent.Ended(report));
                return report;
            }
        }
    }

    /** Without a window, an incremental source takes what is new. */
    static RunKey key(Job job, Optional<TimeWindow> window, Extractor extractor) {
        return window.isEmpty() && extractor.incremental()
                ? RunKey.increment(job.pipeline())
                : new RunKey(job.pipeline(), window);
    }

    private RunReport alreadyDone(RunDecision.AlreadyDone done, Instant started) {
        String runId = done.run().id();
        int splits = ledger.splitCount(runId, 0);
        return new RunReport(
                runId,
                done.run().key(),
                RunReport.Status.ALREADY_DONE,
                done.run().source(),
                done.run().target(),
                ledger.counts(runId).rows(),
                ledger.counts(runId).groups(),
                splits,
                splits,
                started,
                Instant.now(),
                List.of(),
                List.of(done.why()),
                List.of(),
                Optional.empty());
    }

    Ledger ledger() {
        return ledger;
    }

    Path stateFolder() {
        return stateFolder;
    }

    BatchEngine engine() {
        return engine;
    }

    RunListener listener() {
        return listener;
    }

    StopSignal stop() {
        return stop;
    }

    Optional<String> scheduledBy() {
        return scheduledBy;
    }
}
