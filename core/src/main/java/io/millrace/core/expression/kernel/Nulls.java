package io.millrace.core.expression.kernel;

import io.millrace.api.data.NullBitmap;

/** Null flags of results. */
final class Nulls {
    private Nulls() {}

    /** Null where one of them is. */
    static NullBitmap either(NullBitmap first, NullBitmap second, int rows) {
        if (!first.any() || first == second) {
            return second;
        } else if (!second.any()) {
            return first;
        }
        long[] words = first.toWords(rows);
        long[] others = second.toWords(rows);
        for (int i = 0; i < words.length; i++) {
            words[i] |= others[i];
        }
        return NullBitmap.of(words);
    }
}
