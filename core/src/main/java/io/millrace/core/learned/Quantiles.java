package io.millrace.core.learned;

/** The quantiles of a column's finite values. */
public sealed interface Quantiles permits ExactQuantiles, BucketQuantiles {
    /** How they were found, as fit files say it. */
    String method();

    /** The quantile of a share from 0 to 1. */
    double at(double share);

    /** A value near that quantile at which values can be told apart exactly: see {@link #below}. */
    double edge(double share);

    /** The next edge, with only the values that are at this one between them. */
    double after(double edge);

    /** How many values are below an {@link #edge}, or the one {@link #after} it. */
    long below(double edge);
}
