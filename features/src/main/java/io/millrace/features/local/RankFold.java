package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.key.RowOrder;
import io.millrace.core.key.RowSort;
import io.millrace.core.keyed.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps all rows of its keys, sorts those of each key by the ranked value, and numbers them. */
final class RankFold implements Fold {
    private final RankStep.Bound step;
    private final HeldRows held;
    private final int[] key;
    private final int of;

    RankFold(RankStep.Bound step, long memoryLimit) {
        this.step = step;
        this.held = new HeldRows("rank", memoryLimit);
        this.key = step.key().stream().mapToInt(step.partial()::require).toArray();
        this.of = step.partial().require(step.ranking().of());
    }

    @Override
    public void add(Batch partials) {
        held.add(partials);
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        held.number();
        int[] rows = IntStream.range(0, held.rows()).filter(this::known).toArray();
        RowSort.sort(rows, (one, other) -> {
            int byKey = compareKey(one, other);
            return byKey != 0 ? byKey : compare(of, one, other);
        });
        double[] ranks = new double[held.rows()];
        boolean[] ranked = new boolean[held.rows()];
        for (int from = 0, to = 0; from < rows.length; from = to) {
            while (to < rows.length && compareKey(rows[from], rows[to]) == 0) {
                to++;
            }
            rank(rows, from, to, ranks, ranked);
        }
        List<Batch> results = new ArrayList<>();
        for (int i = 0; i < held.batches().size(); i++) {
            results.add(ranked(i, ranks, ranked));
        }
        return results.iterator();
    }

    private boolean known(int row) {
        return !held.column(row, of).isNull(held.place(row));
    }

    /** The rows of one key, in the order of their values; equal values have the rank of the first of them. */
    private void rank(int[] rows, int from, int to, double[] ranks, boolean[] ranked) {
        int first = from;
        for (int at = from; at < to; at++) {
            if (compare(of, rows[first], rows[at]) != 0) {
                first = at;
            }
            ranks[rows[at]] = to - from == 1 ? 0 : (double) (first - from) / (to - from - 1);
            ranked[rows[at]] = true;
        }
    }

    private int compareKey(int one, int other) {
        for (int column : key) {
            int result = compare(column, one, other);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    private int compare(int column, int one, int other) {
        return RowOrder.compare(
                held.column(one, column), held.place(one), held.column(other, column), held.place(other));
    }

    private Batch ranked(int number, double[] ranks, boolean[] ranked) {
        Batch batch = held.batches().get(number);
        int start = held.start(number);
        int count = batch.rowCount();
        long[] words = new long[NullBitmap.wordsFor(count)];
        boolean nulls = false;
        for (int row = 0; row < count; row++) {
            if (!ranked[start + row]) {
                words[row >> 6] |= 1L << row;
                nulls = true;
            }
        }
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.add(DoubleColumn.of(
                count,
                nulls ? NullBitmap.of(words) : NullBitmap.NONE,
                Arrays.copyOfRange(ranks, start, start + count)));
        return Batch.of(step.output(), count, columns, null);
    }
}
