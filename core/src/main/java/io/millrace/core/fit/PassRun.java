package io.millrace.core.fit;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.core.learned.Learner;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.run.Job;
import io.millrace.core.step.BoundChain;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the splits of a plan in parallel. What an attempt at a split learns is merged into the whole when the split is at its
 * end, so a failed attempt leaves nothing behind.
 */
final class PassRun {
    private static final long SEED = 0;

    private final Job job;
    private final Extractor extractor;
    private final FitPass pass;
    private final Iterator<Split> splits;
    private final List<ClaimTable> claims;
    private final Map<String, Learner> total;
    private long extracted;
    private long rejected;
    private volatile boolean failed;

    PassRun(Job job, Extractor extractor, FitPass pass, List<Split> splits) {
        this.job = job;
        this.extractor = extractor;
        this.pass = pass;
        this.splits = splits.iterator();
        this.claims = pass.chain().newClaimTables(SEED);
        this.total = pass.newLearners();
    }

    /** A data error where more rows were rejected than the pipeline allows. */
    PassResult run(int splitCount) {
        int workers = Math.max(1, Math.min(job.options().parallelism(), splitCount));
        ExecutorService threads = Executors.newFixedThreadPool(workers, PassRun::thread);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                working.add(threads.submit(this::workOff));
            }
            for (Future<?> worker : working) {
                worker.get();
            }
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown.getCause();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "learning was interrupted; nothing was written", interrupted);
        } finally {
            failed = true;
            threads.shutdownNow();
        }
        checkErrorRate();
        return new PassResult(total, extracted, rejected);
    }

    private void checkErrorRate() {
        if (rejected > extracted * job.options().maxErrorRate()) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "too many rejected rows: %,d of %,d (%.2f %%), more than run.max_error_rate = %s allows, so"
                                    + " nothing was learned; 'millrace preview' shows why rows are rejected",
                            rejected,
                            extracted,
                            100.0 * rejected / extracted,
                            job.options().maxErrorRate()));
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "millrace-fit");
        thread.setDaemon(true);
        return thread;
    }

    private void workOff() {
        try {
            for (Optional<Split> split = nextSplit(); split.isPresent(); split = nextSplit()) {
                complete(split.get());
            }
        } catch (RuntimeException | Error problem) {
            failed = true;
            throw problem;
        }
    }

    private synchronized Optional<Split> nextSplit() {
        return !failed && splits.hasNext() ? Optional.of(splits.next()) : Optional.empty();
    }

    private void complete(Split split) {
        RetryPolicy retry = job.options().retry();
        for (int attempt = 1; ; attempt++) {
            try {
                read(split, attempt);
                return;
            } catch (RuntimeException problem) {
                if (failed || !retry.retries(problem, attempt)) {
                    throw problem;
                }
                pause(retry.delay(attempt).toMillis());
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "learning was interrupted; nothing was written", interrupted);
        }
    }

    private void read(Split split, int attempt) {
        Map<String, Learner> learners = pass.newLearners();
        List<Ticket> tickets =
                claims.stream().map(table -> table.open(split.id(), attempt)).toList();
        // Rejected rows are counted only: the run that follows stores them.
        RejectWriter rejects = new RejectWriter(temporaryFile(), "fit");
        try (BoundChain chain = pass.chain().bind(tickets);
                BatchReader reader = extractor.open(split, Optional.empty(), rejects.at("extract"))) {
            for (Batch batch = reader.next(); batch != null && !failed; batch = reader.next()) {
                take(batch, chain, rejects, learners);
                rejects.at("extract");
            }
            merge(learners, reader.rowsRead(), rejects.rejected());
        } catch (RuntimeException | Error problem) {
            tickets.forEach(Ticket::dead);
            throw problem;
        } finally {
            rejects.discard();
        }
    }

    private void take(Batch source, BoundChain chain, RejectWriter rejects, Map<String, Learner> learners) {
        Batch batch = source;
        int step = 0;
        for (FitTap tap : pass.taps()) {
            for (; step < tap.step() && batch.rowCount() > 0; step++) {
                batch = chain.apply(step, batch, rejects);
            }
            if (batch.rowCount() == 0) {
                return;
            }
            tap.take(batch, learners.get(tap.path()));
        }
    }

    private synchronized void merge(Map<String, Learner> learners, long rows, long rejectedRows) {
        learners.forEach((path, learner) -> total.get(path).merge(learner));
        extracted += rows;
        rejected += rejectedRows;
    }

    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("millrace-fit", ".jsonl");
            Files.delete(file);
            return file;
        } catch (IOException failed) {
            throw MillraceException.unavailable(
                    "cannot make a temporary file (" + failed + "); see that the disk has space", failed);
        }
    }
}
