package io.millrace.api.data;

import java.util.Arrays;

/**
 * Which rows of a column are null: one bit a row, set where null. Immutable.
 *
 * <p>{@link #NONE} says that no row of a column of any length is null; loops test it once and skip the bits.
 */
public final class NullBitmap {
    /** No row is null. */
    public static final NullBitmap NONE = new NullBitmap(null);

    private final long[] words;

    private NullBitmap(long[] words) {
        this.words = words;
    }

    /** Takes over the words (bit {@code row & 63} of word {@code row >> 6}); NONE where no bit is set. */
    public static NullBitmap of(long[] words) {
        for (long word : words) {
            if (word != 0) {
                return new NullBitmap(words);
            }
        }
        return NONE;
    }

    /** The words needed for this many rows. */
    public static int wordsFor(int rows) {
        return (rows + 63) >>> 6;
    }

    public boolean isNull(int row) {
        // A column's words may end before its rows do: what follows is not null.
        return words != null && row >> 6 < words.length && (words[row >> 6] & 1L << row) != 0;
    }

    /** False where no row is null. */
    public boolean any() {
        return words != null;
    }

    /** How many of the first {@code length} rows are null. */
    public int count(int length) {
        if (words == null) {
            return 0;
        }
        int nulls = 0;
        for (int row = 0; row < length; row++) {
            nulls += isNull(row) ? 1 : 0;
        }
        return nulls;
    }

    /** A copy of the bits that the caller may change, of {@code wordsFor(length)} words. */
    public long[] toWords(int length) {
        long[] copy = new long[wordsFor(length)];
        if (words != null) {
            System.arraycopy(words, 0, copy, 0, Math.min(words.length, copy.length));
        }
        return copy;
    }

    NullBitmap select(Selection selection) {
        if (words == null) {
            return NONE;
        }
        long[] selected = new long[wordsFor(selection.count())];
        for (int i = 0; i < selection.count(); i++) {
            if (isNull(selection.row(i))) {
                selected[i >> 6] |= 1L << i;
            }
        }
        return of(selected);
    }

    /** Collects null flags row by row; keeps nothing while there is no null. One thread. */
    static final class Builder {
        private long[] words;

        void setNull(int row) {
            int needed = (row >> 6) + 1;
            if (words == null) {
                words = new long[Math.max(needed, 128)];
            } else if (words.length < needed) {
                words = Arrays.copyOf(words, Math.max(needed, words.length * 2));
            }
            words[row >> 6] |= 1L << row;
        }

        NullBitmap build() {
            NullBitmap built = words == null ? NONE : new NullBitmap(words);
            words = null;
            return built;
        }

        /** Forgets the null flags of rows from here on. */
        void truncate(int rows) {
            if (words == null || rows >> 6 >= words.length) {
                return;
            }
            words[rows >> 6] &= (1L << rows) - 1;
            Arrays.fill(words, (rows >> 6) + 1, words.length, 0);
        }
    }
}
