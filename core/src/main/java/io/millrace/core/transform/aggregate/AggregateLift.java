package io.millrace.core.transform.aggregate;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.Lift;
import io.millrace.core.measure.GroupTable;
import io.millrace.core.measure.RowEvaluation;
import io.millrace.core.measure.RowInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Combines rows of equal key as long as the groups fit a bounded table. When it is full it is given out; where it has not
 * even halved the rows, the next ones pass through, each a partial row, before combining is tried again.
 */
final class AggregateLift implements Lift {
    private static final int BATCH = 8_192;
    private static final long LEAST_MEMORY = 16L << 20;
    private static final long MOST_MEMORY = 128L << 20;
    private static final int MEMORY_SHARE = 32;
    /** How many times as many rows pass through as have been tried in vain. */
    private static final int PASSES = 8;

    private final BoundAggregate step;
    private final WindowKeys window;
    private final RowEvaluation evaluation;
    private GroupTable table;
    private final GroupTable apart;
    private final long memoryLimit;
    private long tableRows;
    private long passing;

    AggregateLift(BoundAggregate step) {
        this(
                step,
                Math.max(
                        LEAST_MEMORY, Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / MEMORY_SHARE)));
    }

    AggregateLift(BoundAggregate step, long memoryLimit) {
        this.step = step;
        this.window = step.windowKeys();
        this.evaluation = step.measures().evaluation();
        this.table = emptyTable();
        this.apart = new GroupTable(List.of(), step.measures());
        this.memoryLimit = memoryLimit;
    }

    private GroupTable emptyTable() {
        return new GroupTable(step.keyTypes(window), step.measures());
    }

    @Override
    public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
        if (!rows.schema().equals(step.input())) {
            throw new IllegalArgumentException("bound to " + step.input() + ", got a batch of " + rows.schema());
        }
        RowInput input = evaluation.evaluate(timed(rows, rejects), rejects);
        int count = input.rows().rowCount();
        if (count == 0) {
            return;
        }
        Column[] key = key(input.rows());
        if (passing > 0) {
            apart.addApart(input);
            partials.accept(partial(key, apart.states(0, count), count));
            apart.clear();
            passing -= count;
            return;
        }
        table.add(key, input);
        tableRows += count;
        if (table.bytes() > memoryLimit) {
            passing = tableRows < 2L * table.groups() ? PASSES * tableRows : 0;
            flush(partials);
        }
    }

    /** The rows that have an event time, where one is needed. */
    private Batch timed(Batch rows, Rejects rejects) {
        if (step.timePosition().isEmpty()) {
            return rows;
        }
        int position = step.timePosition().get();
        Column times = rows.column(position);
        int nulls = times.nulls().count(rows.rowCount());
        if (nulls == 0) {
            return rows;
        }
        int[] kept = new int[rows.rowCount() - nulls];
        for (int row = 0, at = 0; row < rows.rowCount(); row++) {
            if (times.isNull(row)) {
                rejects.reject(rows, row, step.input().field(position).name(), "an event needs a time");
            } else {
                kept[at++] = row;
            }
        }
        return rows.select(Selection.of(kept, kept.length));
    }

    private Column[] key(Batch rows) {
        List<Column> key = new ArrayList<>();
        step.by().forEach(name -> key.add(rows.column(name)));
        step.timePosition()
                .ifPresent(time -> key.addAll(Arrays.asList(window.ofTimes(rows.column(time), rows.rowCount()))));
        return key.toArray(Column[]::new);
    }

    private Batch partial(Column[] key, Column[] states, int count) {
        List<Column> columns = new ArrayList<>(Arrays.asList(key));
        columns.addAll(Arrays.asList(states));
        return Batch.of(step.partial(), count, columns, null);
    }

    @Override
    public void flush(Consumer<Batch> partials) {
        GroupTable merged = window.merged(table, false);
        for (int from = 0; from < merged.groups(); from += BATCH) {
            int to = Math.min(from + BATCH, merged.groups());
            partials.accept(partial(merged.keys(from, to), merged.states(from, to), to - from));
        }
        // One of its own, because a table that has grown keeps its size.
        table = emptyTable();
        tableRows = 0;
    }
}
