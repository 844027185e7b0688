package io.millrace.core.keyed;

import io.millrace.api.data.Batch;
import java.util.List;

/**
 * What a keyed step that goes along the rows of a key in the order of event time tells an engine that sees rows without end.
 * Such an engine keeps a key's rows until no earlier ones can come, and then what the walk has come to. One thread.
 */
public interface Walk {
    /** The column of the input that rows are ordered by first; none of those that passed the lift is null there. */
    String time();

    /** The columns of the input whose values make a key. */
    List<String> by();

    /**
     * Goes on along rows of one key, all of which are later than those before them.
     *
     * @param rows in any order
     * @param before what the walk had come to; null at its beginning
     */
    Step next(Batch rows, byte[] before);

    /**
     * What a walk has come to.
     *
     * @param results of {@link BoundKeyedStep#output}, a row for each of the rows, with their origin
     * @param after versioned, for the next step
     */
    record Step(Batch results, byte[] after) {}
}
