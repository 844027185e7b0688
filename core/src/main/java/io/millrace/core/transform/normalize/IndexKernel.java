package io.millrace.core.transform.normalize;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.core.learned.ValueIds;
import io.millrace.core.learned.Vocabulary;

/** Places in a vocabulary, behind padding and the buckets of other values. */
final class IndexKernel extends ValueKernel {
    private final ValueIds ids;
    private final HashedValues hashes = new HashedValues(0);
    private final Index.Unknown unknown;
    /** The index of an unknown value, or the number of their buckets. */
    private final int number;

    private final int first;

    IndexKernel(Field input, String name, Vocabulary vocabulary, Index.Unknown unknown, int number) {
        super(input, name, unknown == Index.Unknown.SET_NULL);
        vocabulary.requireFits(input.type());
        this.ids = vocabulary.ids();
        this.unknown = unknown;
        this.number = number;
        this.first = unknown == Index.Unknown.BUCKETS ? 1 + number : 1;
        if (unknown == Index.Unknown.INDEX && number >= first && number < first + vocabulary.size()) {
            throw MillraceException.user("index: unknown " + number + " is the index of '"
                    + vocabulary.text(number - first) + "'; take 0, -1 or a number from "
                    + (first + vocabulary.size()) + " on");
        }
    }

    @Override
    void map(Column values, int from, int to, int[] out) {
        ids.find(values, from, to, out);
        hashes.begin(values);
        for (int i = 0; i < to - from; i++) {
            if (out[i] >= 0) {
                out[i] += first;
            } else {
                out[i] = switch (unknown) {
                    case INDEX -> number;
                    case BUCKETS -> 1 + hashes.bucket(from + i, number);
                    case REJECT -> REJECT;
                    case SET_NULL -> SET_NULL;
                };
            }
        }
    }
}
