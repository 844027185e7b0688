package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.core.key.RowOrder;
import io.millrace.core.key.RowSort;
import io.millrace.core.keyed.Fold;
import io.millrace.features.Pairing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Walks along the events of each {@code by} in their order, and adds the pairs behind the events. */
final class PairFold implements Fold {
    private final Pairing pairing;
    private final Schema output;
    private final HeldRows held;
    private final RowOrder order;
    private final int of;
    private final int by;
    private final int time;
    private final int as;
    private final int paired;
    private final long within;

    PairFold(BoundPairStep step, long memoryLimit) {
        this.pairing = step.pairing();
        this.output = step.output();
        this.held = new HeldRows("pairs", memoryLimit);
        Schema events = step.features().events();
        this.order = RowOrder.by(step.features().view().order(), events);
        this.of = events.require(pairing.of());
        this.by = events.require(pairing.by());
        this.time = events.require(step.features().view().time());
        this.as = output.require(pairing.as());
        this.paired = step.partial().require(BoundPairStep.PAIRED);
        this.within = pairing.within().toNanos() / 1_000;
    }

    @Override
    public void add(Batch partials) {
        held.add(partials);
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        held.number();
        List<Batch> results = new ArrayList<>();
        held.batches().forEach(batch -> results.add(event(batch)));
        Pairs pairs = new Pairs(batchRows, results);
        int[] rows = candidates();
        RowSort.sort(rows, this::compare);
        for (int first = 0, next = 0; next < rows.length; next++) {
            if (next > 0 && compareBy(rows[next - 1], rows[next]) != 0) {
                first = next;
            }
            pair(rows, Math.max(first, next - pairing.limit()), next, pairs);
        }
        pairs.flush();
        return results.iterator();
    }

    private Batch event(Batch partials) {
        List<Column> columns = new ArrayList<>(partials.columns().subList(0, output.size() - 1));
        ColumnBuilder nothing = ColumnBuilder.of(output.field(as).type());
        for (int row = 0; row < partials.rowCount(); row++) {
            nothing.appendNull();
        }
        columns.add(nothing.build());
        return Batch.of(output, partials.rowCount(), columns, null);
    }

    private int[] candidates() {
        int[] rows = new int[held.rows()];
        int size = 0;
        for (int row = 0; row < rows.length; row++) {
            if (((BooleanColumn) held.column(row, paired)).get(held.place(row))) {
                rows[size++] = row;
            }
        }
        return Arrays.copyOf(rows, size);
    }

    private int compare(int one, int other) {
        int byOwner = compareBy(one, other);
        return byOwner != 0
                ? byOwner
                : order.compare(held.batch(one), held.place(one), held.batch(other), held.place(other));
    }

    private int compareBy(int one, int other) {
        return compareColumn(by, one, other);
    }

    private int compareColumn(int column, int one, int other) {
        return RowOrder.compare(
                held.column(one, column), held.place(one), held.column(other, column), held.place(other));
    }

    /** The pairs of an event with those from a place on before it. */
    private void pair(int[] rows, int from, int at, Pairs pairs) {
        long now = time(rows[at]);
        for (int earlier = at - 1; earlier >= from && now - time(rows[earlier]) <= within; earlier--) {
            if (compareColumn(of, rows[earlier], rows[at]) != 0) {
                pairs.add(rows[at], rows[earlier], rows[at]);
                pairs.add(rows[earlier], rows[at], rows[at]);
            }
        }
    }

    private long time(int row) {
        return ((LongColumn) held.column(row, time)).get(held.place(row));
    }

    /** Builds the events of pairs. */
    private final class Pairs {
        private final int batchRows;
        private final List<Batch> results;
        private final List<ColumnBuilder> builders = new ArrayList<>();
        private int size;

        Pairs(int batchRows, List<Batch> results) {
            this.batchRows = batchRows;
            this.results = results;
            output.forEach(field -> builders.add(ColumnBuilder.of(field.type())));
        }

        /** An event of one value with the other, at the time of a third row. */
        void add(int one, int other, int at) {
            for (int column = 0; column < builders.size(); column++) {
                ColumnBuilder builder = builders.get(column);
                if (column == of) {
                    builder.append(held.column(one, of).value(held.place(one)));
                } else if (column == as) {
                    builder.append(held.column(other, of).value(held.place(other)));
                } else if (column == time) {
                    builder.append(held.column(at, time).value(held.place(at)));
                } else {
                    builder.appendNull();
                }
            }
            if (++size == batchRows) {
                flush();
            }
        }

        void flush() {
            if (size > 0) {
                results.add(Batch.of(
                        output,
                        size,
                        builders.stream().map(ColumnBuilder::build).toList(),
                        null));
                size = 0;
            }
        }
    }
}
