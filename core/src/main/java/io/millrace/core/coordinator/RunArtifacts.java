package io.millrace.core.coordinator;

import io.millrace.api.BindContext;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;
import io.millrace.core.ledger.RunRecord;
import io.millrace.core.lookup.LookupTally;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.Patience;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.RunFolder;
import io.millrace.core.run.StopSignal;
import io.millrace.core.step.StepLookups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a run reads once, before its first split, and keeps for every worker, retry and resume: the tables that steps look up
 * in. One thread, except that what {@link #context} returns may be bound by any.
 */
final class RunArtifacts {
    private final Lookups lookups;

    RunArtifacts(List<StepDefinition> steps) {
        this.lookups = StepLookups.of(steps);
    }

    /** For binding: to columns only, until the rows are prepared. */
    BindContext context(Instant runStart) {
        return lookups.at(runStart);
    }

    /** Takes over what an earlier attempt at a run has read, as far as it is there. */
    void recall(Ledger ledger, RunRecord run, RunFolder folder) {
        if (lookups.isEmpty()) {
            return;
        }
        ledger.fetchFiles(run);
        lookups.recall(folder.lookups());
    }

    /** STALE where what an earlier attempt has read is not there any more. */
    void requireAll(RunFolder folder) {
        lookups.requireAll(folder.lookups());
    }

    /** Reads what is not there yet, and keeps it before anything can come of it. */
    void prepare(Ledger ledger, Lease lease, RunRecord run, RunFolder folder, StopSignal stop) {
        if (lookups.isEmpty()) {
            return;
        }
        stop.onRequest(lookups::cancel);
        if (lookups.prepare(folder.lookups(), patience(stop))) {
            ledger.keepLookups(lease, run.id());
        }
    }

    /** Reads everything for a look at some rows. */
    void prepareForNow() {
        lookups.prepareForNow();
    }

    /** Counts what other processes have looked up. */
    void add(List<LookupTally> tallies) {
        lookups.add(tallies);
    }

    /** What a user should know of the look-ups so far, one sentence each. */
    List<String> warnings() {
        return lookups.warnings();
    }

    private static Patience patience(StopSignal stop) {
        CountDownLatch ending = new CountDownLatch(1);
        stop.onRequest(ending::countDown);
        return new Patience() {
            @Override
            public void check() {
                stop.check();
            }

            @Override
            public void await(Duration delay) {
                try {
                    // Nobody tells when a server is back; a request to stop ends the wait.
                    ending.await(delay.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new MillraceException(
                            ErrorKind.STOPPED, "interrupted while waiting to read a look-up again", interrupted);
                }
                stop.check();
            }
        };
    }
}
