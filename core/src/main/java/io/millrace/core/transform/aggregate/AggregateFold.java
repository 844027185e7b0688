package io.millrace.core.transform.aggregate;

import io.millrace.api.ByteSize;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.core.keyed.Fold;
import io.millrace.core.measure.Failures;
import io.millrace.core.measure.GroupTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Merges partial rows into groups, and computes the results of these. */
final class AggregateFold implements Fold {
    private final BoundAggregate step;
    private final WindowKeys window;
    private final int keyColumns;
    private final int stateColumns;
    private final long memoryLimit;
    private GroupTable table;
    /** What the table took when groups were last merged along the clock: not worth while again before it has doubled. */
    private long mergedBytes;

    AggregateFold(BoundAggregate step, long memoryLimit) {
        this.step = step;
        this.window = step.windowKeys();
        this.keyColumns = step.by().size() + window.fields().size();
        this.stateColumns = step.measures().states().size();
        this.memoryLimit = memoryLimit;
        this.table = new GroupTable(step.keyTypes(window), step.measures());
    }

    @Override
    public void add(Batch partials) {
        if (!partials.schema().equals(step.partial())) {
            throw new IllegalArgumentException(
                    "partial rows are of " + step.partial() + ", got a batch of " + partials.schema());
        }
        int by = step.by().size();
        Column[] keys = columns(partials, by, keyColumns);
        window.spread(keys, partials.rowCount(), (selection, windows) -> {
            Batch spread = selection.map(partials::select).orElse(partials);
            List<Column> key = new ArrayList<>(Arrays.asList(columns(spread, 0, by)));
            key.addAll(Arrays.asList(windows));
            table.merge(
                    key.toArray(Column[]::new),
                    columns(spread, keyColumns, keyColumns + stateColumns),
                    spread.rowCount());
        });
        if (table.bytes() > Math.max(memoryLimit / 2, 2 * mergedBytes)) {
            table = window.merged(table, false);
            mergedBytes = table.bytes();
        }
        if (table.bytes() > memoryLimit) {
            throw GroupTable.tooLarge("the measures of " + table.groups() + " groups take more than "
                    + new ByteSize(memoryLimit) + " of memory at once");
        }
    }

    private static Column[] columns(Batch batch, int from, int to) {
        Column[] columns = new Column[to - from];
        for (int i = from; i < to; i++) {
            columns[i - from] = batch.column(i);
        }
        return columns;
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        table = window.merged(table, true);
        return new Results(batchRows, rejects);
    }

    /** The groups, batch by batch; those without a result go to the rejects. */
    private final class Results implements Iterator<Batch> {
        private final int batchRows;
        private final Rejects rejects;
        private int from;

        Results(int batchRows, Rejects rejects) {
            this.batchRows = batchRows;
            this.rejects = rejects;
        }

        @Override
        public boolean hasNext() {
            return from < table.groups();
        }

        @Override
        public Batch next() {
            int to = Math.min(from + batchRows, table.groups());
            Column[] keys = table.keys(from, to);
            Column[] windows = Arrays.copyOfRange(keys, step.by().size(), keyColumns);
            Failures failures = new Failures();
            List<Column> columns =
                    new ArrayList<>(Arrays.asList(keys).subList(0, step.by().size()));
            columns.addAll(Arrays.asList(window.bounds(windows, to - from)));
            columns.addAll(Arrays.asList(table.results(from, to, failures)));
            Batch results = Batch.of(step.output(), to - from, columns, null);
            from = to;
            failures.byRow()
                    .forEach((row, failure) -> rejects.reject(results, row, failure.measure(), failure.reason()));
            return failures.byRow().isEmpty() ? results : results.select(failures.others(results.rowCount()));
        }
    }
}
