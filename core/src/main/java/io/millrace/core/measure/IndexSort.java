package io.millrace.core.measure;

import java.util.Arrays;

/** Sorts numbers of things without an object for each: a stable merge sort. */
public final class IndexSort {
    private static final int RUN = 16;

    private IndexSort() {}

    /** An order of two numbered things, as of {@link java.util.Comparator}. */
    @FunctionalInterface
    public interface Order {
        int compare(int one, int other);
    }

    /** Sorts the first {@code count} numbers. */
    public static void sort(int[] numbers, int count, Order order) {
        for (int from = 0; from < count; from += RUN) {
            insert(numbers, from, Math.min(from + RUN, count), order);
        }
        int[] source = numbers;
        int[] target = count > RUN ? Arrays.copyOf(numbers, count) : numbers;
        for (long run = RUN; run < count; run *= 2) {
            for (long from = 0; from < count; from += 2 * run) {
                int middle = (int) Math.min(from + run, count);
                merge(source, target, (int) from, middle, (int) Math.min(from + 2 * run, count), order);
            }
            int[] merged = target;
            target = source;
            source = merged;
        }
        if (source != numbers) {
            System.arraycopy(source, 0, numbers, 0, count);
        }
    }

    private static void insert(int[] numbers, int from, int to, Order order) {
        for (int i = from + 1; i < to; i++) {
            int number = numbers[i];
            int at = i;
            while (at > from && order.compare(numbers[at - 1], number) > 0) {
                numbers[at] = numbers[at - 1];
                at--;
            }
            numbers[at] = number;
        }
    }

    private static void merge(int[] source, int[] target, int from, int middle, int to, Order order) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = right == to || left < middle && order.compare(source[left], source[right]) <= 0;
            target[at] = takeLeft ? source[left++] : source[right++];
        }
    }
}
