package io.millrace.core.keyed;

import io.millrace.api.data.Batch;
import java.util.List;

/**
 * What a keyed step with windows in event time tells an engine that sees rows without end: which rows may still come in, and
 * when the result of partial rows is final. Times are microseconds. One thread.
 *
 * <p>Such an engine keeps the partial rows of each key, {@linkplain #combining combined}. When event time has come to W, it
 * folds a key's partial rows: results whose {@link #END} is not after W are final, where only rows come in that are
 * {@linkplain #openUntil open} at W; and only partial rows that {@linkplain #starts start} before the {@link #START} of all
 * other results are not needed any more.
 */
public interface Windows {
    /** The column of the output that says when a window begins. */
    String START = "window_start";
    /** The column of the output that says when it ends. */
    String END = "window_end";

    /** The column of the input that windows go by. */
    String time();

    /** The columns of input, partial rows and output whose values make a key; there may be none. */
    List<String> by();

    /** Event time from which on a row of this time comes too late: a result that it belongs to may be final. */
    long openUntil(long time);

    /** When the first window ends that each partial row may belong to, as far as it can tell by itself. */
    long[] firstEnds(Batch partials);

    /** When the stretch of time that each partial row stands for begins. */
    long[] starts(Batch partials);

    /**
     * Takes partial rows, and gives out fewer, or as many, that stand for them: of equal keys and times there is one. It holds
     * all of them until it is flushed.
     */
    Lift combining();
}
