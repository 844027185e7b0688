package io.millrace.core.learned;

import io.millrace.api.data.Column;

/**
 * Takes in the values of columns and tells their statistics. One thread; learners of the same kind are merged, in any order
 * and with the same result.
 */
public sealed interface Learner permits NumberLearner, ValueLearner {
    /** Takes in a column; the type must be the one the learner was made for. */
    void add(Column column);

    /** Takes in all that another learner, which is not used any more, has. */
    void merge(Learner other);

    Statistics statistics();
}
