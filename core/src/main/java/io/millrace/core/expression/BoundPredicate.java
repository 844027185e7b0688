package io.millrace.core.expression;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;

/** A condition bound to the columns of a schema. One thread: each worker binds anew. */
public final class BoundPredicate {
    private final BoundExpression condition;

    private BoundPredicate(BoundExpression condition) {
        this.condition = condition;
    }

    static BoundPredicate of(Expression expression, Schema schema, Instant runStart) {
        BoundExpression condition = BoundExpression.of(expression, schema, runStart);
        if (!condition.type().equals(DataType.BOOLEAN)) {
            throw MillraceException.user(expression.at() + ": a condition must be of type boolean; this one is "
                    + condition.type() + (condition.type().equals(DataType.STRING) ? "" : ", so compare it: … > 0"));
        }
        return new BoundPredicate(condition);
    }

    /** Whether each row meets the condition: true, false or null; see {@link BoundExpression#evaluate}. */
    public BooleanColumn evaluate(Batch batch, RowFailures failures) {
        return (BooleanColumn) condition.evaluate(batch, failures);
    }

    /** The rows that meet the condition: those for which it is true. Failed rows are not among them. */
    public Selection select(Batch batch, RowFailures failures) {
        BooleanColumn met = evaluate(batch, failures);
        int rows = batch.rowCount();
        boolean[] values = met.values();
        NullBitmap nulls = met.nulls();
        int[] kept = new int[rows];
        int count = 0;
        if (!nulls.any() && failures.count() == 0) {
            for (int row = 0; row < rows; row++) {
                kept[count] = row;
                count += values[row] ? 1 : 0;
            }
        } else {
            for (int row = 0; row < rows; row++) {
                kept[count] = row;
                count += values[row] && !nulls.isNull(row) && !failures.failed(row) ? 1 : 0;
            }
        }
        return Selection.of(kept, count);
    }
}
