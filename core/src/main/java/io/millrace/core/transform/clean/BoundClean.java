package io.millrace.core.transform.clean;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.Verdicts;
import java.util.Arrays;
import java.util.List;

/**
 * {@code clean} bound to a schema. Each step runs over all columns before the next one begins, so that a row's first reason
 * does not depend on the order of the columns across steps.
 */
final class BoundClean implements BoundTransform {
    private final Schema input;
    private final Schema output;
    private final ColumnPlan[] plans;
    private final Verdicts verdicts = new Verdicts();

    BoundClean(Schema input, Schema output, List<ColumnPlan> plans) {
        this.input = input;
        this.output = output;
        this.plans = plans.toArray(ColumnPlan[]::new);
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public Batch apply(Batch batch, Rejects rejects) {
        if (!batch.schema().equals(input)) {
            throw new IllegalArgumentException("bound to " + input + ", got a batch of " + batch.schema());
        }
        verdicts.begin(batch, rejects);
        Column[] columns = new Column[plans.length];
        boolean changed = false;
        for (ColumnPlan plan : plans) {
            Column column = batch.column(plan.position());
            columns[plan.position()] =
                    plan.cleaner() == null ? column : plan.cleaner().clean(column);
        }
        for (ColumnPlan plan : plans) {
            judgeNulls(plan, columns[plan.position()]);
        }
        for (ColumnPlan plan : plans) {
            Column column = columns[plan.position()];
            if (plan.conversion() != null) {
                column = plan.conversion().apply(column, plan.output().name(), verdicts);
            }
            columns[plan.position()] = plan.filling() == null ? column : NullFilling.fill(column, plan.filling());
        }
        for (ColumnPlan plan : plans) {
            if (plan.range() != null) {
                Column column = columns[plan.position()];
                columns[plan.position()] =
                        plan.range().apply(column, plan.output().name(), verdicts);
            }
            changed |= columns[plan.position()] != batch.column(plan.position());
        }
        Batch cleaned = changed || !output.equals(input) ? batch.withColumns(output, Arrays.asList(columns)) : batch;
        return verdicts.end(cleaned);
    }

    private void judgeNulls(ColumnPlan plan, Column column) {
        if (!column.nulls().any()) {
            return;
        }
        if (plan.policy() instanceof NullPolicy.Reject) {
            NullRows.forEach(column, row -> verdicts.reject(row, plan.output().name(), "is null"));
        } else if (plan.policy() instanceof NullPolicy.DropRow) {
            NullRows.forEach(column, verdicts::drop);
        }
    }
}
