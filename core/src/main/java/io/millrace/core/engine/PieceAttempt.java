package io.millrace.core.engine;

import io.millrace.api.BatchReader;
import io.millrace.api.Claims;
import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.core.reject.RejectWriter;
import io.millrace.core.run.RunEvent;
import io.millrace.core.step.BoundChain;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt at one split: read, transform, write, stage. One thread, except that {@link #cancel} may come from another.
 * Either its result is handed to the ledger, or nothing of it counts.
 */
final class PieceAttempt {
    private final RunWork work;
    private final Split split;
    private final int attempt;
    /** Tells this attempt's files from those of any other, also of another process that believes it owns the run. */
    private final String name;

    private final List<Ticket> tickets = new ArrayList<>();
    private final RejectWriter rejects;
    private volatile BatchReader reader;
    private long progressed;
    private long rejectedBefore;
    private long transformed;

    PieceAttempt(RunWork work, Split split, int attempt) {
        this.work = work;
        this.split = split;
        this.attempt = attempt;
        this.name = attempt + "-" + UUID.randomUUID().toString().substring(0, 8);
        this.rejects = new RejectWriter(work.folder().rejects(piece(), name), work.runId());
    }

    private String piece() {
        return split.id() + ".0";
    }

    /** Runs to the end and hands the result in. Whatever is thrown, nothing of the attempt counts. */
    void run() {
        work.claims().forEach(table -> tickets.add(table.open(piece(), attempt)));
        try {
            PieceResult result = produce();
            Failpoint.AFTER_STAGE.reached();
            if (work.ledger().staged(work.lease(), work.runId(), split.id(), result)) {
                tickets.forEach(Ticket::staged);
                work.listener().on(new RunEvent.Staged(split, result));
            } else {
                abandon(true);
            }
        } catch (RuntimeException | Error failed) {
            // Too many rejects end the run: its reject files are kept, to be looked at.
            abandon(MillraceException.kindOf(failed) != ErrorKind.DATA);
            throw failed;
        }
    }

    private void abandon(boolean discardRejects) {
        tickets.forEach(Ticket::dead);
        work.errorRate().add(-progressed, -rejectedBefore);
        if (discardRejects) {
            rejects.discard();
        } else {
            rejects.close();
        }
    }

    /** Rows that this attempt has reported as progress. */
    long progressed() {
        return progressed;
    }

    /** Ends a read that another thread waits in. */
    void cancel() {
        BatchReader open = reader;
        if (open != null) {
            open.close();
        }
    }

    private PieceResult produce() {
        WriteTask task = new WriteTask(work.lineage(), work.runId(), piece(), attempt, work.fence());
        try (StagingWriter writer = work.loader().open(task, work.steps().output());
                BoundChain chain = work.steps().bind(tickets);
                BatchReader opened = work.extractor().open(split, Optional.empty(), rejects.at("extract"))) {
            reader = opened;
            Failpoint.AFTER_SPLIT_OPEN.reached();
            copy(opened, chain, writer);
            report(opened);
            Failpoint.BEFORE_STAGE.reached();
            List<Claims> claims = stageClaims();
            Optional<Staged> rejected = rejects.stage();
            Staged staged = writer.stage();
            return new PieceResult(
                    task,
                    Optional.of(staged),
                    Optional.empty(),
                    rejected,
                    counts(opened, staged),
                    claims,
                    Optional.empty());
        }
    }

    private void copy(BatchReader source, BoundChain chain, StagingWriter writer) {
        while (true) {
            work.stop().check();
            rejects.at("extract");
            Batch batch = source.next();
            if (batch == null) {
                work.stop().check();
                return;
            }
            Failpoint.MID_READ.reached();
            Batch clean = chain.apply(batch, rejects);
            Failpoint.AFTER_TRANSFORM.reached();
            transformed += clean.rowCount();
            if (clean.rowCount() > 0) {
                Failpoint.BEFORE_WRITE.reached();
                writer.write(clean, rejects.at("load"));
            }
            report(source);
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

    private List<Claims> stageClaims() {
        List<Claims> claims = new ArrayList<>();
        for (int step = 0; step < tickets.size(); step++) {
            claims.add(tickets.get(step).write(work.folder().claims(), piece() + "-" + step + "-" + name));
        }
        return claims;
    }

    private Counts counts(BatchReader source, Staged staged) {
        Counts counts = new Counts(
                source.rowsRead(),
                transformed,
                staged.rows(),
                rejects.filtered(),
                rejects.deduplicated(),
                rejects.rejected());
        if (!counts.balanced()) {
            throw new IllegalStateException("the rows of " + split.id() + " do not add up: " + counts);
        }
        return counts;
    }
}
