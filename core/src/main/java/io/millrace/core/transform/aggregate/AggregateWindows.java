package io.millrace.core.transform.aggregate;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.core.keyed.Lift;
import io.millrace.core.keyed.Windows;
import io.millrace.core.measure.GroupTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;

/** The windows of an {@code aggregate}, for engines that see rows without end. */
final class AggregateWindows implements Windows {
    private static final int BATCH = 8_192;

    private final BoundAggregate step;
    private final WindowKeys window;
    private final String time;

    AggregateWindows(BoundAggregate step, String time) {
        this.step = step;
        this.window = step.windowKeys();
        this.time = time;
    }

    @Override
    public String time() {
        return time;
    }

    @Override
    public List<String> by() {
        return step.by();
    }

    @Override
    public long openUntil(long eventTime) {
        return window.openUntil(eventTime);
    }

    @Override
    public long[] firstEnds(Batch partials) {
        Column[] keys = windowColumns(partials);
        return each(partials, row -> window.firstEnd(keys, row));
    }

    @Override
    public long[] starts(Batch partials) {
        Column[] keys = windowColumns(partials);
        return each(partials, row -> window.start(keys, row));
    }

    private Column[] windowColumns(Batch partials) {
        int by = step.by().size();
        return columns(partials, by, by + window.fields().size());
    }

    private static Column[] columns(Batch batch, int from, int to) {
        return batch.columns().subList(from, to).toArray(Column[]::new);
    }

    private static long[] each(Batch partials, IntToLongFunction value) {
        long[] values = new long[partials.rowCount()];
        for (int row = 0; row < values.length; row++) {
            values[row] = value.applyAsLong(row);
        }
        return values;
    }

    @Override
    public Lift combining() {
        return new Combining();
    }

    private final class Combining implements Lift {
        private GroupTable table = emptyTable();

        private GroupTable emptyTable() {
            return new GroupTable(step.keyTypes(window), step.measures());
        }

        @Override
        public void add(Batch partials, Consumer<Batch> combined, Rejects rejects) {
            int keys = step.by().size() + window.fields().size();
            table.merge(
                    columns(partials, 0, keys),
                    columns(partials, keys, partials.schema().size()),
                    partials.rowCount());
        }

        @Override
        public void flush(Consumer<Batch> combined) {
            GroupTable merged = window.merged(table, false);
            for (int from = 0; from < merged.groups(); from += BATCH) {
                int to = Math.min(from + BATCH, merged.groups());
                List<Column> columns = new ArrayList<>(List.of(merged.keys(from, to)));
                columns.addAll(List.of(merged.states(from, to)));
                combined.accept(Batch.of(step.partial(), to - from, columns, null));
            }
            table = emptyTable();
        }
    }
}
