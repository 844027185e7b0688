package io.millrace.core.fit;

import io.millrace.core.learned.ValueLearner;
import io.millrace.core.learned.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Today's counts of a vocabulary's values.
 *
 * @param counts by their place in the vocabulary
 * @param newDistinct how many values are not in it
 * @param newCount how often these came
 * @param examples the most frequent of these
 */
record KnownValues(long[] counts, long newDistinct, long newCount, List<String> examples) {
    private static final int BINS = 50;
    private static final int EXAMPLES = 10;

    static KnownValues of(Vocabulary vocabulary, ValueLearner current) {
        Vocabulary now = current.vocabulary();
        int[] places = vocabulary.places(now);
        long[] counts = new long[vocabulary.size()];
        List<String> examples = new ArrayList<>();
        long distinct = 0;
        long count = 0;
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                counts[places[i]] = now.count(i);
                continue;
            }
            distinct++;
            count += now.count(i);
            if (examples.size() < EXAMPLES) {
                examples.add(now.text(i));
            }
        }
        return new KnownValues(counts, distinct, count, examples);
    }

    long[] binned(long nulls) {
        return binned(counts, newCount, nulls);
    }

    /** The counts of a vocabulary when it was learned. */
    static long[] binned(Vocabulary vocabulary, long outside, long nulls) {
        long[] counts = new long[vocabulary.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = vocabulary.count(i);
        }
        return binned(counts, outside, nulls);
    }

    /** The first values of the vocabulary, the others of it together, what is outside, nulls. */
    private static long[] binned(long[] counts, long outside, long nulls) {
        long[] bins = new long[BINS + 3];
        for (int i = 0; i < counts.length; i++) {
            bins[Math.min(i, BINS)] += counts[i];
        }
        bins[BINS + 1] = outside;
        bins[BINS + 2] = nulls;
        return bins;
    }
}
