package io.millrace.core.transform.aggregate;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.Lift;
import io.millrace.core.measure.PartialGroups;
import io.millrace.core.measure.RowEvaluation;
import io.millrace.core.measure.RowInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Combines rows of equal key and window as far as memory allows. */
final class AggregateLift implements Lift {
    private final BoundAggregate step;
    private final WindowKeys window;
    private final RowEvaluation evaluation;
    private final PartialGroups groups;

    AggregateLift(BoundAggregate step) {
        this(step, PartialGroups.memoryLimit());
    }

    AggregateLift(BoundAggregate step, long memoryLimit) {
        this.step = step;
        this.window = step.windowKeys();
        this.evaluation = step.measures().evaluation();
        this.groups = new PartialGroups(
                step.keyTypes(window),
                step.measures(),
                step.partial(),
                table -> window.merged(table, false),
                memoryLimit);
    }

    @Override
    public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
        if (!rows.schema().equals(step.input())) {
            throw new IllegalArgumentException("bound to " + step.input() + ", got a batch of " + rows.schema());
        }
        RowInput input = evaluation.evaluate(timed(rows, rejects), rejects);
        if (input.rows().rowCount() > 0) {
            groups.add(key(input.rows()), input, partials);
        }
    }

    @Override
    public void flush(Consumer<Batch> partials) {
        groups.flush(partials);
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
}
