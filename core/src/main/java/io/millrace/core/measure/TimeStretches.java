package io.millrace.core.measure;

import io.millrace.core.window.SessionRule;
import java.util.Arrays;

/**
 * Stretches of time, joined where a session goes on from one to the next. Up to twice as many as are left after joining are
 * collected in between. One thread.
 */
final class TimeStretches {
    private final SessionRule rule;
    private long[] firsts = new long[2];
    private long[] lasts = new long[2];
    private int size;
    /** Whether they are in order, and none goes on with the one before. */
    private boolean tidy = true;

    /** @param rule one that merges parts */
    TimeStretches(SessionRule rule) {
        this.rule = rule;
    }

    void add(long first, long last) {
        boolean next = tidy && (size == 0 || first >= firsts[size - 1]);
        if (next && size > 0 && rule.continues(firsts[size - 1], lasts[size - 1], first)) {
            lasts[size - 1] = Math.max(lasts[size - 1], last);
            return;
        }
        if (size == firsts.length) {
            join();
            if (size > firsts.length / 2) {
                firsts = Arrays.copyOf(firsts, size * 2);
                lasts = Arrays.copyOf(lasts, size * 2);
            }
        }
        tidy = next;
        firsts[size] = first;
        lasts[size++] = last;
    }

    /** Brings the stretches in order and joins those that belong together. */
    void join() {
        if (tidy) {
            return;
        }
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        IndexSort.sort(order, size, (one, other) -> Long.compare(firsts[one], firsts[other]));
        long[] sortedFirsts = new long[firsts.length];
        long[] sortedLasts = new long[lasts.length];
        int kept = 0;
        for (int i = 0; i < size; i++) {
            long first = firsts[order[i]];
            long last = lasts[order[i]];
            if (kept > 0 && rule.continues(sortedFirsts[kept - 1], sortedLasts[kept - 1], first)) {
                sortedLasts[kept - 1] = Math.max(sortedLasts[kept - 1], last);
            } else {
                sortedFirsts[kept] = first;
                sortedLasts[kept++] = last;
            }
        }
        firsts = sortedFirsts;
        lasts = sortedLasts;
        size = kept;
        tidy = true;
    }

    /** How many there are, after {@link #join}. */
    int size() {
        return size;
    }

    long first(int stretch) {
        return firsts[stretch];
    }

    long last(int stretch) {
        return lasts[stretch];
    }

    /** How long they last together, in microseconds. */
    long micros() {
        long micros = 0;
        for (int i = 0; i < size; i++) {
            micros += lasts[i] - firsts[i];
        }
        return micros;
    }

    long bytes() {
        return 96 + 16L * firsts.length;
    }
}
