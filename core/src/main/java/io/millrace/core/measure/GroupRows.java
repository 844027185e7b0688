package io.millrace.core.measure;

import java.util.Arrays;

/**
 * The fixed-width part of all groups: a row of longs each, key words first, so that a group's key and its counts and sums
 * lie in neighbouring cache lines. New rows are zero. One thread.
 */
final class GroupRows {
    private static final int INITIAL_GROUPS = 1024;

    private int width;
    private int groups;
    private long[] words = {};

    /** Adds words to every row, before the first group; returns the place of the first of them within a row. */
    int reserve(int more) {
        if (words.length > 0) {
            throw new IllegalStateException("the rows have begun");
        }
        width += more;
        return width - more;
    }

    int width() {
        return width;
    }

    int groups() {
        return groups;
    }

    /** All rows one after the other; another array after {@link #append}. */
    long[] words() {
        return words;
    }

    /** Adds an empty row and returns its group. */
    int append() {
        if ((groups + 1L) * width > words.length) {
            grow(groups + 1);
        }
        return groups++;
    }

    /** Adds empty rows. */
    void append(int more) {
        if (((long) groups + more) * width > words.length) {
            grow(groups + more);
        }
        groups += more;
    }

    private void grow(int needed) {
        long capacity = Math.max(Math.max(needed, INITIAL_GROUPS), words.length / Math.max(width, 1) * 2L);
        long most = (Integer.MAX_VALUE - 8) / Math.max(width, 1);
        if (needed > most) {
            throw GroupTable.tooLarge("more than " + most + " groups would have to be held at once");
        }
        words = Arrays.copyOf(words, (int) Math.min(capacity, most) * width);
    }

    /** Forgets all groups and keeps the memory. */
    void clear() {
        Arrays.fill(words, 0, groups * width, 0);
        groups = 0;
    }

    long bytes() {
        return 8L * words.length;
    }
}
