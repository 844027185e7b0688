package io.millrace.core.lookup;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import java.util.BitSet;
import java.util.function.LongSupplier;

/**
 * Answers to single keys, those that a key was not there included, up to an age and a size. It has two generations: new
 * answers go into the young one; when that holds half of the size, the old one is dropped and the young one becomes old.
 * Thread-safe.
 */
final class AnswerCache {
    private final CacheSettings settings;
    private final LongSupplier nanoTime;
    private CacheGeneration young;
    private CacheGeneration old;

    AnswerCache(CacheSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Where answers were found: in no, the young or the old generation, and at which place of it. */
    static final class Hits {
        private final Column[][] columns = new Column[2][];
        private final int[] places;
        private final BitSet missing = new BitSet();

        private Hits(int count) {
            places = new int[count];
        }

        boolean known(int row) {
            return places[row] != 0;
        }

        /** Of a known row: that its key was not there. */
        boolean missing(int row) {
            return missing.get(row);
        }

        void append(int row, int column, GrowingColumn to) {
            int place = places[row];
            to.append(columns[place > 0 ? 0 : 1][column], Math.abs(place) - 1);
        }
    }

    /** Looks for the first {@code count} rows' keys. What is found stays valid whatever is put in later. */
    synchronized Hits find(Column[] keys, int count, int[] hashes) {
        Hits hits = new Hits(count);
        if (young == null) {
            return hits;
        }
        long now = nanoTime.getAsLong();
        find(young, 1, keys, count, hashes, now, hits);
        hits.columns[0] = young.answers();
        if (old != null) {
            find(old, -1, keys, count, hashes, now, hits);
            hits.columns[1] = old.answers();
        }
        return hits;
    }

    private void find(
            CacheGeneration generation, int sign, Column[] keys, int count, int[] hashes, long now, Hits hits) {
        Column[] stored = generation.keys();
        for (int row = 0; row < count; row++) {
            if (hits.places[row] != 0 || NullKeys.isNull(keys, row)) {
                continue;
            }
            int place = generation.find(stored, keys, row, hashes[row]);
            if (place >= 0 && isFresh(generation, place, now)) {
                hits.places[row] = sign * (place + 1);
                hits.missing.set(row, generation.isMissing(place));
            }
        }
    }

    private boolean isFresh(CacheGeneration generation, int place, long now) {
        long limit = (generation.isMissing(place) ? settings.missingTtl() : settings.ttl()).toNanos();
        return now - generation.askedAt(place) < limit;
    }

    /**
     * Takes in what was answered.
     *
     * @param askedAt when it was asked for, by {@link #now}
     */
    synchronized void put(Batch keys, int[] hashes, Batch answers, BitSet missing, long askedAt) {
        if (young == null) {
            young = new CacheGeneration(keys.schema(), answers.schema());
        }
        young.put(keys, hashes, answers, missing, askedAt);
        if (young.bytes() > settings.size().bytes() / 2) {
            old = young.bytes() > settings.size().bytes() ? null : young;
            young = new CacheGeneration(keys.schema(), answers.schema());
        }
    }

    long now() {
        return nanoTime.getAsLong();
    }
}
