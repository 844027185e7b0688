package io.millrace.core.key;

/** Sorts numbers by an order of what they stand for: a stable merge sort without boxing. */
public final class RowSort {
    private static final int SMALL = 8;

    private RowSort() {}

    /** Compares what two numbers stand for. */
    public interface Order {
        int compare(int one, int other);
    }

    public static void sort(int[] rows, Order order) {
        sort(rows, new int[rows.length], 0, rows.length, order);
    }

    private static void sort(int[] rows, int[] spare, int from, int to, Order order) {
        if (to - from <= SMALL) {
            insert(rows, from, to, order);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(rows, spare, from, middle, order);
        sort(rows, spare, middle, to, order);
        if (order.compare(rows[middle - 1], rows[middle]) <= 0) {
            return;
        }
        System.arraycopy(rows, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = left < middle && (right >= to || order.compare(spare[left], spare[right]) <= 0);
            rows[at] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private static void insert(int[] rows, int from, int to, Order order) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && order.compare(rows[at - 1], row) > 0) {
                rows[at] = rows[--at];
            }
            rows[at] = row;
        }
    }
}
