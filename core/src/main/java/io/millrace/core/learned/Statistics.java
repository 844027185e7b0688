package io.millrace.core.learned;

/** What is known of a column's values. */
public sealed interface Statistics permits NumberStatistics, ValueStatistics {
    /** All rows, those with null included. */
    long rows();

    long nulls();

    /** The share of rows that are null; 0 where there is no row. */
    default double nullRate() {
        return rows() == 0 ? 0 : (double) nulls() / rows();
    }
}
