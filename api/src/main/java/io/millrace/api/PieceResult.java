package io.millrace.api;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt at one piece produced: data, rejects, counts and claims win or lose together. Every report is a sum
 * over these values, never over counters in memory.
 *
 * @param data for a staging target
 * @param receipt for a direct target
 * @param rejects the reject file, if a row was rejected
 * @param claims one for each deduplicating step
 * @param checks what each rule of the checking steps saw
 * @param steps what passed the reading, each step of the piece's stage, and the writing, in this order; empty where nobody
 *     has looked
 * @param resumePoint where the split's next piece begins; empty where the split is finished
 */
public record PieceResult(
        WriteTask task,
        Optional<Staged> data,
        Optional<Receipt> receipt,
        Optional<Staged> rejects,
        Counts counts,
        List<Claims> claims,
        List<CheckTally> checks,
        List<StepTally> steps,
        Optional<String> resumePoint)
        implements Serializable {
    /** A result of which nobody has looked where its rows and its time went. */
    public PieceResult(
            WriteTask task,
            Optional<Staged> data,
            Optional<Receipt> receipt,
            Optional<Staged> rejects,
            Counts counts,
            List<Claims> claims,
            List<CheckTally> checks,
            Optional<String> resumePoint) {
        this(task, data, receipt, rejects, counts, claims, checks, List.of(), resumePoint);
    }

    /** A result of a pipeline without checks. */
    public PieceResult(
            WriteTask task,
            Optional<Staged> data,
            Optional<Receipt> receipt,
            Optional<Staged> rejects,
            Counts counts,
            List<Claims> claims,
            Optional<String> resumePoint) {
        this(task, data, receipt, rejects, counts, claims, List.of(), resumePoint);
    }
}
