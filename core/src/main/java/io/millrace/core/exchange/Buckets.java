package io.millrace.core.exchange;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.key.KeyReader;
import io.millrace.core.key.Mix;
import java.util.Arrays;
import java.util.List;

/**
 * Assigns rows to buckets by a hash of their key, so that equal keys meet. A bucket can be divided further, by bits of the
 * hash that do not choose it. One thread.
 */
final class Buckets {
    private final KeyReader keys;
    private long[] hashes = new long[0];

    /** @param seed the run's, so that all its attempts agree */
    Buckets(Schema schema, List<String> key, long seed) {
        this.keys = new KeyReader(schema, key, seed);
    }

    private void hash(Batch batch) {
        keys.read(batch);
        int rows = batch.rowCount();
        if (hashes.length < rows) {
            hashes = new long[rows];
        }
        for (int row = 0; row < rows; row++) {
            hashes[row] = keys.isNull(row) ? 0 : Mix.mix(keys.first()[row]);
        }
    }

    /** The rows of each of {@code count} buckets, a power of two. */
    Selection[] divide(Batch batch, int count) {
        hash(batch);
        return divide(batch.rowCount(), count, 0);
    }

    /** The rows of one of {@code count} parts of a bucket, a power of two, whose bucket is one of {@code buckets}. */
    Selection part(Batch batch, int buckets, int part, int count) {
        hash(batch);
        return divide(batch.rowCount(), count, Integer.numberOfTrailingZeros(buckets))[part];
    }

    private Selection[] divide(int rows, int count, int shift) {
        int[] sizes = new int[count];
        int mask = count - 1;
        for (int row = 0; row < rows; row++) {
            sizes[(int) (hashes[row] >>> shift) & mask]++;
        }
        int[][] chosen = new int[count][];
        Arrays.setAll(chosen, bucket -> new int[sizes[bucket]]);
        Arrays.fill(sizes, 0);
        for (int row = 0; row < rows; row++) {
            int bucket = (int) (hashes[row] >>> shift) & mask;
            chosen[bucket][sizes[bucket]++] = row;
        }
        Selection[] selections = new Selection[count];
        Arrays.setAll(selections, bucket -> Selection.of(chosen[bucket], chosen[bucket].length));
        return selections;
    }
}
