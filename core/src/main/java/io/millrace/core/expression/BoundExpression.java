package io.millrace.core.expression;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.kernel.Frame;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;

/** An expression bound to the columns of a schema. One thread: each worker binds anew. */
public final class BoundExpression {
    private final Schema schema;
    private final Kernel kernel;

    private BoundExpression(Schema schema, Kernel kernel) {
        this.schema = schema;
        this.kernel = kernel;
    }

    static BoundExpression of(Expression expression, Schema schema, Instant runStart) {
        return new BoundExpression(schema, new Typing(schema, runStart).value(expression));
    }

    /** The type of its values, which may be null. */
    public DataType type() {
        return kernel.type();
    }

    /**
     * The values for the rows of a batch of the schema it was bound to, one for each. A row for which there is none goes to the
     * failures, and what stands in the column for it is unspecified.
     *
     * @param failures begun for this batch; those of expressions before this one may be in it
     */
    public Column evaluate(Batch batch, RowFailures failures) {
        if (!batch.schema().equals(schema)) {
            throw new IllegalArgumentException("bound to " + schema + ", got a batch of " + batch.schema());
        }
        return kernel.evaluate(Frame.all(batch, failures));
    }
}
