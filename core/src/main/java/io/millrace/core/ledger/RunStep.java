package io.millrace.core.ledger;

import io.millrace.api.data.Schema;

/**
 * A step of a run with the sums over its finished pieces: the reading of a stage's input, a transform, or the writing of its
 * output.
 *
 * @param stage that it belongs to; the first is 0
 * @param place in the stage, in the order in which rows pass: 0 reads, the last writes
 * @param columns of the rows that come out of it; of the last one, those that it takes
 * @param rowsIn rows that came to it
 * @param rowsOut rows that it passed on
 * @param nanos spent in it by all workers together, by the clock on the wall
 */
public record RunStep(int stage, int place, String label, Schema columns, long rowsIn, long rowsOut, long nanos) {
    /** A step that has not seen a row yet. */
    public RunStep(int stage, int place, String label, Schema columns) {
        this(stage, place, label, columns, 0, 0, 0);
    }
}
