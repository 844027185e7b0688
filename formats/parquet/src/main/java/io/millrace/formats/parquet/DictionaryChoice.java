package io.millrace.formats.parquet;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;

/**
 * Guesses from the first rows of a row group whether a column repeats its values. A dictionary of values that hardly
 * repeat costs time and space, and Parquet's own test comes only after a page was encoded in vain.
 */
final class DictionaryChoice {
    private static final int SAMPLE = 4096;
    private static final int TABLE = 4 * SAMPLE;

    private DictionaryChoice() {}

    /** True where at least every other sampled value occurred before, or there are too few values to tell. */
    static boolean pays(Column column, int rows) {
        if (column instanceof ListColumn list) {
            return pays(list.elements(), list.offsets()[rows]);
        }
        int[] seen = new int[TABLE];
        int distinct = 0;
        int values = 0;
        for (int row = 0; row < Math.min(rows, SAMPLE); row++) {
            if (column.isNull(row)) {
                continue;
            }
            values++;
            int hash = hash(column, row);
            int slot = hash & TABLE - 1;
            while (seen[slot] != 0 && seen[slot] != hash) {
                slot = slot + 1 & TABLE - 1;
            }
            if (seen[slot] == 0) {
                seen[slot] = hash;
                distinct++;
            }
        }
        return values < 64 || distinct <= values / 2;
    }

    /** Never 0, which marks a free slot. Equal hashes of different values are rare enough for a guess. */
    private static int hash(Column column, int row) {
        long mixed = bits(column, row) * 0x9E3779B97F4A7C15L;
        int hash = (int) (mixed >>> 32 ^ mixed >>> 15);
        return hash == 0 ? 1 : hash;
    }

    private static long bits(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        } else if (column instanceof BytesColumn bytes) {
            return bytesHash(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
        } else if (column instanceof DoubleColumn doubles) {
            return Double.doubleToLongBits(doubles.get(row));
        } else if (column instanceof IntColumn ints) {
            return ints.get(row);
        } else if (column instanceof DecimalColumn decimals) {
            return decimals.low()[row];
        } else {
            return ((BooleanColumn) column).get(row) ? 1 : 0;
        }
    }

    private static long bytesHash(byte[] data, int from, int to) {
        long hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 0x100000001B3L + data[i];
        }
        return hash;
    }
}
