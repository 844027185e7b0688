package io.millrace.api.data;

import java.util.Arrays;

/** Ascending row numbers of a batch: what a step keeps. Immutable. */
public final class Selection {
    private final int[] rows;
    private final int count;

    private Selection(int[] rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    /** Takes over the first {@code count} of these strictly ascending row numbers. */
    public static Selection of(int[] rows, int count) {
        return new Selection(rows, count);
    }

    /** The rows from {@code from} (inclusive) to {@code to} (exclusive). */
    public static Selection range(int from, int to) {
        int[] rows = new int[to - from];
        Arrays.setAll(rows, i -> from + i);
        return new Selection(rows, rows.length);
    }

    public int count() {
        return count;
    }

    /** The row number at a place of the selection. */
    public int row(int place) {
        return rows[place];
    }

    /** The rows of {@code this} that {@code inner}, a selection of this one's places, keeps. */
    Selection then(Selection inner) {
        int[] composed = new int[inner.count];
        for (int i = 0; i < inner.count; i++) {
            composed[i] = rows[inner.rows[i]];
        }
        return new Selection(composed, inner.count);
    }

    /** The place after the last one of the run of consecutive rows that starts at {@code place}: copies go by runs. */
    int runEnd(int place) {
        int end = place + 1;
        int distance = rows[place] - place;
        while (end < count && rows[end] - end == distance) {
            end++;
        }
        return end;
    }
}
