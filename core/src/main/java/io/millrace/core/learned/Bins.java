package io.millrace.core.learned;

import java.util.List;

/**
 * Counts of values between edges.
 *
 * @param edges ascending; a value lies in the bin whose number is the number of edges that are not above it
 * @param counts one more than edges
 */
public record Bins(List<Double> edges, List<Long> counts) {
    public Bins {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (counts.size() != edges.size() + 1) {
            throw new IllegalArgumentException(counts.size() + " counts for " + edges.size() + " edges");
        }
    }
}
