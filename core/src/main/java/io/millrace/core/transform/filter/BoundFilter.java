package io.millrace.core.transform.filter;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.expression.BoundPredicate;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.Set;

/** {@code filter} bound to a schema, which it does not change. */
final class BoundFilter implements BoundTransform {
    private final Schema schema;
    private final BoundPredicate condition;
    private final RowFailures failures = new RowFailures();
    /** The column at fault where only one can be. */
    private final String column;

    BoundFilter(Schema schema, Expression condition, Instant runStart) {
        this.schema = schema;
        this.condition = condition.bindPredicate(schema, runStart);
        Set<String> columns = condition.columns();
        this.column = columns.size() == 1 ? columns.iterator().next() : null;
    }

    @Override
    public Schema output() {
        return schema;
    }

    @Override
    public Batch apply(Batch input, Rejects rejects) {
        failures.begin(input.rowCount());
        Selection kept = condition.select(input, failures);
        failures.forEach((row, expression, reason) -> rejects.reject(input, row, column, reason));
        int filtered = input.rowCount() - kept.count() - failures.count();
        if (filtered > 0) {
            rejects.filtered(filtered);
        }
        return input.select(kept);
    }
}
