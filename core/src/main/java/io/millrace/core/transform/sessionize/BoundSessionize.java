package io.millrace.core.transform.sessionize;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.key.RowOrder;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.core.keyed.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code sessionize} on rows of one schema. */
final class BoundSessionize implements BoundKeyedStep {
    private final Sessionize step;
    private final Schema input;
    private final Schema output;
    private final RowOrder order;

    BoundSessionize(Sessionize step, Schema input) {
        this.step = step;
        this.input = input;
        List<Field> fields = new ArrayList<>(input.fields());
        step.add()
                .forEach((name, column) -> fields.add(
                        Field.of(name, column.type()).withNullable(column == SessionColumn.SECONDS_SINCE_PREVIOUS)));
        this.output = Schema.of(fields);
        step.key().forEach(input::require);
        List<String> columns = new ArrayList<>(List.of(step.time()));
        columns.addAll(step.tieBreak());
        this.order = RowOrder.by(columns, input);
    }

    Sessionize step() {
        return step;
    }

    RowOrder order() {
        return order;
    }

    @Override
    public Schema partial() {
        return input;
    }

    @Override
    public List<String> key() {
        return step.key();
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public boolean groups() {
        return false;
    }

    /** Rejects events without a time; all others cross as they are. */
    @Override
    public Lift lift() {
        return new Lift() {
            @Override
            public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
                partials.accept(timed(rows, rejects));
            }

            @Override
            public void flush(Consumer<Batch> partials) {
                // Nothing is held back.
            }
        };
    }

    private Batch timed(Batch rows, Rejects rejects) {
        Column times = rows.column(step.time());
        if (!times.nulls().any()) {
            return rows;
        }
        int[] kept = new int[rows.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            if (times.isNull(row)) {
                rejects.reject(rows, row, step.time(), "an event needs a time");
            } else {
                kept[count++] = row;
            }
        }
        return rows.select(Selection.of(kept, count));
    }

    @Override
    public Fold fold(long memoryLimit) {
        return new SessionFold(this, memoryLimit);
    }

    @Override
    public Optional<Walk> walk() {
        return Optional.of(new SessionWalk(this));
    }
}
