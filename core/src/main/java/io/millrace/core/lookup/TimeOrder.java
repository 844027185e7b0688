package io.millrace.core.lookup;

/** Sorts row numbers by the rows' times, without objects. */
final class TimeOrder {
    private static final int SHORT = 16;

    private final long[] times;
    private final int[] buffer;

    /** @param longest the most rows that are sorted at once */
    TimeOrder(long[] times, int longest) {
        this.times = times;
        this.buffer = new int[longest];
    }

    /** Sorts the rows from {@code from} (inclusive) to {@code to} (exclusive). */
    void sort(int[] rows, int from, int to) {
        if (to - from <= SHORT) {
            insert(rows, from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(rows, from, middle);
        sort(rows, middle, to);
        if (times[rows[middle - 1]] <= times[rows[middle]]) {
            return;
        }
        int left = middle - from;
        System.arraycopy(rows, from, buffer, 0, left);
        for (int at = from, one = 0, other = middle; one < left; at++) {
            rows[at] = other < to && times[rows[other]] < times[buffer[one]] ? rows[other++] : buffer[one++];
        }
    }

    private void insert(int[] rows, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            for (; at > from && times[rows[at - 1]] > times[row]; at--) {
                rows[at] = rows[at - 1];
            }
            rows[at] = row;
        }
    }
}
