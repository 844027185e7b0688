package io.millrace.core.engine;

import io.millrace.api.BatchReader;
import io.millrace.api.CheckTally;
import io.millrace.api.Claims;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.api.StepTally;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.core.ledger.RemainingSplit;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.run.RunEvent;
import io.millrace.core.step.BoundChain;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt at a piece, which is a split or, where its source can go on in the middle, a stretch of one: first
 * {@link #copy} (read, transform, write), then {@link #handIn}; {@link #abandon} where either has failed. One thread, except
 * that {@link #cancel} may come from another. Either its result is handed to the ledger, or nothing of it counts.
 */
final class PieceAttempt {
    private final StageWork work;
    private final RemainingSplit remaining;
    private final Split split;
    private final int attempt;
    private final Backoff backoff;
    /** Tells this attempt's files from those of any other, also of another process that believes it owns the run. */
    private final String name;

    private final WriteTask task;
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<Claims> claims = new ArrayList<>();
    private final RejectWriter rejects;
    private PieceOutput output;
    private volatile BatchReader reader;
    private volatile boolean cancelled;
    private Optional<String> resumePoint = Optional.empty();
    private long progressed;
    private long rejectedBefore;
    private long transformed;
    private List<CheckTally> checks = List.of();
    private List<StepTally> tallies = List.of();
    private long rowsBatched;
    private long readNanos;
    private long writeNanos;

    PieceAttempt(StageWork work, RemainingSplit remaining, int attempt, Backoff backoff) {
        this.work = work;
        this.remaining = remaining;
        this.split = remaining.split();
        this.attempt = attempt;
        this.backoff = backoff;
        this.name = attempt + "-" + UUID.randomUUID().toString().substring(0, 8);
        this.task = new WriteTask(work.lineage(), work.runId(), piece(), attempt, work.fence());
        this.rejects = new RejectWriter(work.folder().rejects(piece(), name), work.runId());
    }

    private String piece() {
        return remaining.nextPiece();
    }

    /** Reads, transforms and writes the piece to its end. */
    void copy() {
        work.listener().on(new RunEvent.SplitStarted(split, attempt));
        work.claims().forEach(table -> tickets.add(table.open(piece(), attempt)));
        output = PieceOutput.open(work, task, name, backoff);
        try (BoundChain chain = work.steps().bind(tickets);
                BatchReader opened = work.input()
                        .open(
                                split,
                                remaining.resumePoint(),
                                rejects.at(work.input().label()))) {
            reader = opened;
            Failpoint.AFTER_SPLIT_OPEN.reached();
            copy(opened, chain);
            report(opened);
            checks = chain.checks();
            tallies = chain.tallies();
        }
    }

    private void copy(BatchReader source, BoundChain chain) {
        long due = System.nanoTime() + work.options().checkpoint().toNanos();
        while (true) {
            work.stop().check();
            rejects.at(work.input().label());
            long asked = System.nanoTime();
            Batch batch = source.next();
            readNanos += System.nanoTime() - asked;
            if (batch == null) {
                work.stop().check();
                checkNotCancelled();
                return;
            }
            Failpoint.MID_READ.reached();
            rowsBatched += batch.rowCount();
            Batch clean = chain.apply(batch, rejects);
            Failpoint.AFTER_TRANSFORM.reached();
            transformed += clean.rowCount();
            if (clean.rowCount() > 0) {
                Failpoint.BEFORE_WRITE.reached();
                long given = System.nanoTime();
                output.write(clean, rejects.at(work.output().label()));
                writeNanos += System.nanoTime() - given;
            }
            report(source);
            if (System.nanoTime() >= due) {
                resumePoint = source.resumePoint();
                if (resumePoint.isPresent()) {
                    return;
                }
            }
        }
    }

    private void report(BatchReader source) {
        long rows = source.rowsRead() - progressed;
        long rejectedRows = rejects.rejected() - rejectedBefore;
        if (rows == 0 && rejectedRows == 0) {
            return;
        }
        progressed += rows;
        rejectedBefore += rejectedRows;
        work.errorRate().add(rows, rejectedRows);
        work.listener().on(new RunEvent.Progressed(split, rows, rejectedRows));
        work.errorRate().check();
    }

    /** Makes what was copied durable and hands the result in; returns the one that counts for the piece. */
    PieceResult handIn() {
        PieceResult own = result();
        work.recorder().keep(own);
        PieceResult counted = output.commit(own);
        Failpoint.AFTER_STAGE.reached();
        boolean first = work.recorder().record(split, counted);
        if (first && counted == own) {
            tickets.forEach(Ticket::staged);
        } else {
            giveUp(true);
            if (first) {
                restoreClaims(counted);
            }
        }
        if (first) {
            work.listener().on(new RunEvent.Staged(split, counted));
        }
        return counted;
    }

    private PieceResult result() {
        Failpoint.BEFORE_STAGE.reached();
        stageClaims();
        long finishing = System.nanoTime();
        PieceOutput.Written written = output.finish(rejects.at(work.output().label()));
        writeNanos += System.nanoTime() - finishing;
        Optional<Staged> rejected = rejects.stage();
        return new PieceResult(
                task,
                written.staged(),
                written.receipt(),
                rejected,
                counts(written),
                List.copyOf(claims),
                checks,
                steps(written),
                resumePoint);
    }

    private List<StepTally> steps(PieceOutput.Written written) {
        List<StepTally> steps = new ArrayList<>();
        steps.add(new StepTally(work.input().label(), progressed, rowsBatched, readNanos));
        steps.addAll(tallies);
        steps.add(new StepTally(work.output().label(), transformed, written.loaded(), writeNanos));
        return steps;
    }

    private void stageClaims() {
        for (int step = 0; step < tickets.size(); step++) {
            claims.add(tickets.get(step).write(work.folder().claims(), piece() + "-" + step + "-" + name));
        }
    }

    private void restoreClaims(PieceResult counted) {
        for (int step = 0; step < work.claims().size(); step++) {
            work.claims()
                    .get(step)
                    .restore(work.folder().claims(), counted.claims().get(step), piece());
        }
    }

    private Counts counts(PieceOutput.Written written) {
        Counts counts = new Counts(
                progressed,
                transformed,
                written.loaded(),
                rejects.filtered(),
                rejects.deduplicated() + written.deduplicated(),
                rejects.rejected());
        if (!counts.balanced()) {
            throw new IllegalStateException("the rows of " + split.id() + " do not add up: " + counts);
        }
        return counts;
    }

    /** Takes back what the attempt has claimed, counted and written. */
    void abandon(Throwable failure) {
        ErrorKind kind = MillraceException.kindOf(failure);
        if (kind == ErrorKind.COMMIT_UNKNOWN) {
            // It may have happened: its claims and rejects are still needed, and nobody may take its keys over.
            rejects.close();
        } else {
            // Too many rejects end the run: its reject files are kept, to be looked at.
            giveUp(kind != ErrorKind.DATA);
        }
    }

    private void giveUp(boolean discardRejects) {
        tickets.forEach(Ticket::dead);
        work.folder().discardClaims(claims);
        work.errorRate().add(-progressed, -rejectedBefore);
        if (discardRejects) {
            rejects.discard();
        } else {
            rejects.close();
        }
    }

    /** Releases the output; what it has neither staged nor committed is taken back. */
    void close() {
        if (output != null) {
            output.close();
        }
    }

    /** Rows that this attempt has reported as progress. */
    long progressed() {
        return progressed;
    }

    /** A reader that was closed may say that it is at its end: what it gave is not the whole piece. */
    private void checkNotCancelled() {
        if (cancelled) {
            throw new MillraceException(ErrorKind.STOPPED, "reading " + piece() + " was stopped");
        }
    }

    /** Ends a read that another thread waits in. */
    void cancel() {
        cancelled = true;
        BatchReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}
