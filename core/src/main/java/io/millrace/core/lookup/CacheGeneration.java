package io.millrace.core.lookup;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.util.Arrays;
import java.util.BitSet;

/** Answers that came at about the same time, and go together. One thread at a time. */
final class CacheGeneration {
    private static final int BYTES_PER_ENTRY = KeyIndex.BYTES_PER_ROW + 9;

    private final GrowingColumn[] keys;
    private final GrowingColumn[] answers;
    private final BitSet missing = new BitSet();
    private final KeyIndex index = new KeyIndex(1024);
    private long[] times = new long[1024];
    private long bytes;
    private int size;

    CacheGeneration(Schema keySchema, Schema answerSchema) {
        this.keys = columns(keySchema);
        this.answers = columns(answerSchema);
    }

    private static GrowingColumn[] columns(Schema schema) {
        return schema.fields().stream()
                .map(field -> GrowingColumn.of(field.type()))
                .toArray(GrowingColumn[]::new);
    }

    void put(Batch newKeys, int[] hashes, Batch newAnswers, BitSet newMissing, long time) {
        append(keys, newKeys);
        append(answers, newAnswers);
        bytes += (long) newKeys.rowCount() * BYTES_PER_ENTRY;
        int first = size;
        size += newKeys.rowCount();
        if (size > times.length) {
            times = Arrays.copyOf(times, Math.max(size, times.length * 2));
        }
        Arrays.fill(times, first, size, time);
        Column[] stored = keys();
        for (int row = first; row < size; row++) {
            missing.set(row, newMissing.get(row - first));
            index.put(stored, row, hashes[row - first]);
        }
    }

    private void append(GrowingColumn[] columns, Batch batch) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].appendAll(batch.column(i));
            bytes += ColumnMemory.bytes(batch.column(i));
        }
    }

    int find(Column[] stored, Column[] asked, int row, int hash) {
        return index.find(stored, asked, row, hash);
    }

    boolean isMissing(int place) {
        return missing.get(place);
    }

    long askedAt(int place) {
        return times[place];
    }

    long bytes() {
        return bytes;
    }

    Column[] keys() {
        return Arrays.stream(keys).map(GrowingColumn::column).toArray(Column[]::new);
    }

    Column[] answers() {
        return Arrays.stream(answers).map(GrowingColumn::column).toArray(Column[]::new);
    }
}
