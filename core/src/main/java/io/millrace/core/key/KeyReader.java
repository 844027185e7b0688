package io.millrace.core.key;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import java.util.List;

/** Reads the keys of a batch as the longs that the table keeps. One thread; the arrays are used again for the next batch. */
public final class KeyReader {
    private final KeyKind kind;
    private final int[] positions;
    private final SipHash128 hash;
    private final KeyBytes bytes = new KeyBytes();
    private long[] first = new long[0];
    private long[] second = new long[0];
    private NullBitmap nulls = NullBitmap.NONE;

    /** A user error where a key column is missing. */
    public KeyReader(Schema schema, List<String> key, long seed) {
        this.kind = KeyKind.of(schema, key);
        this.positions = key.stream().mapToInt(schema::require).toArray();
        this.hash = SipHash128.seeded(seed);
    }

    /** Reads all rows; what was read before is gone. */
    public void read(Batch batch) {
        int rows = batch.rowCount();
        if (first.length < rows) {
            first = new long[rows];
            second = new long[kind == KeyKind.LONG ? 0 : rows];
        }
        if (kind == KeyKind.LONG) {
            readLongs(batch.column(positions[0]), rows);
        } else {
            readFingerprints(batch, rows);
        }
    }

    public KeyKind kind() {
        return kind;
    }

    private void readLongs(Column column, int rows) {
        nulls = column.nulls();
        if (column instanceof LongColumn longs) {
            System.arraycopy(longs.values(), 0, first, 0, rows);
        } else {
            int[] ints = ((IntColumn) column).values();
            for (int row = 0; row < rows; row++) {
                first[row] = ints[row];
            }
        }
    }

    private void readFingerprints(Batch batch, int rows) {
        Column[] columns = new Column[positions.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(positions[i]);
        }
        for (int row = 0; row < rows; row++) {
            bytes.clear();
            for (Column column : columns) {
                bytes.append(column, row);
            }
            hash.hash(bytes.bytes(), bytes.length());
            first[row] = hash.first();
            second[row] = hash.second();
        }
    }

    /** The long itself (unspecified where {@link #isNull}), or the first half of the fingerprints. */
    public long[] first() {
        return first;
    }

    /** The second half of the fingerprints; nothing for a single long. */
    public long[] second() {
        return second;
    }

    /** Whether the single long is null; a null within a fingerprint is part of it. */
    public boolean isNull(int row) {
        return nulls.isNull(row);
    }

    public boolean anyNull() {
        return nulls.any();
    }
}
