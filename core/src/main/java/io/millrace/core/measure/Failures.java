package io.millrace.core.measure;

import io.millrace.api.data.Selection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The groups of a batch of results that have no result, each with the first reason found. One thread. */
public final class Failures {
    /** Which measure failed and why. */
    public record Failure(String measure, String reason) {}

    private final SortedMap<Integer, Failure> byRow = new TreeMap<>();

    /** Notes that a row of the results has none. */
    public void add(int row, String measure, String reason) {
        byRow.putIfAbsent(row, new Failure(measure, reason));
    }

    public SortedMap<Integer, Failure> byRow() {
        return byRow;
    }

    /** The rows of so many that have not failed. */
    public Selection others(int rows) {
        int[] others = new int[rows - byRow.size()];
        for (int row = 0, at = 0; row < rows; row++) {
            if (!byRow.containsKey(row)) {
                others[at++] = row;
            }
        }
        return Selection.of(others, others.length);
    }
}
