package io.millrace.core.transform.aggregate;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Selection;
import io.millrace.core.measure.GroupTable;
import java.util.List;
import java.util.Optional;

/**
 * What a window adds to a group's key. On the way to the fold it is whatever lets partial rows be merged early; the fold
 * turns it into windows. One thread.
 */
interface WindowKeys {
    /** The columns of the key, as partial rows have them. */
    List<Field> fields();

    /** Whether partial rows of different values may go to different folds. */
    boolean separable();

    /** The columns of the output. */
    List<Field> bounds();

    /** The key's columns for rows of these event times, none of them null. */
    Column[] ofTimes(Column times, int count);

    /** Hands out the windows that partial rows belong to, in as many turns as one may belong to. */
    void spread(Column[] keys, int count, Taker taker);

    /** The bounds of windows. */
    Column[] bounds(Column[] keys, int count);

    /** The table with those groups merged that belong together by their times; the same table where there are none. */
    GroupTable merged(GroupTable table, boolean complete);

    /** Event time from which on a row of this time may belong to a window that has ended. */
    long openUntil(long time);

    /** When the first window ends that a partial row may be in, judged by the window's columns of its key alone. */
    long firstEnd(Column[] keys, int row);

    /** When the time begins that a partial row stands for. */
    long start(Column[] keys, int row);

    /** Takes partial rows with their windows. */
    interface Taker {
        /** @param selection the rows, or empty for all; as many as the columns are long */
        void take(Optional<Selection> selection, Column[] keys);
    }
}
