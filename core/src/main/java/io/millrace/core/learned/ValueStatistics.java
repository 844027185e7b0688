package io.millrace.core.learned;

import java.util.List;

/**
 * What is known of a column whose values are told apart, or of the elements of its lists.
 *
 * @param values rows or elements that are not null
 * @param distinct how many different values there were
 * @param outside how many of {@code values} are not in the vocabulary that was learned
 * @param top the most frequent ones
 */
public record ValueStatistics(long rows, long nulls, long values, long distinct, long outside, List<TopValue> top)
        implements Statistics {
    public ValueStatistics {
        top = List.copyOf(top);
    }

    /** A value as text, and how often it came. */
    public record TopValue(String value, long count) {}
}
