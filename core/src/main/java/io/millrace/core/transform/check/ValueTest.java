package io.millrace.core.transform.check;

import io.millrace.api.data.Column;

/** Tests the values of a column, one at a time. One thread: the column at hand is kept. */
interface ValueTest {
    /** Takes the column whose rows are tested next. */
    void begin(Column column);

    /** False where no value of the column at hand can break the rule. */
    default boolean needed() {
        return true;
    }

    /** Why a row breaks the rule, as a phrase; null where it does not. */
    String test(int row);
}
