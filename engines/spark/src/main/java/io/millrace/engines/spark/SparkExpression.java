package io.millrace.engines.spark;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import java.time.Instant;

/**
 * An expression as Spark SQL, for a session that {@link SparkSettings} has prepared: row for row the values and the failures of
 * {@link io.millrace.core.expression.BoundExpression}.
 *
 * <p>Where ours rejects a row, Spark has no reject: so there are two texts. Neither ever throws for a row, whatever order
 * Spark's optimizer evaluates them in.
 *
 * @param value the value; where the row fails, it is unspecified
 * @param failed whether the row fails: true or false, never null; the text {@code false} where no row can fail
 * @param type of the value; {@link SparkTypes#name} is Spark's name for it
 */
public record SparkExpression(String value, String failed, DataType type) {
    /**
     * Renders an expression over the columns of a table of this schema.
     *
     * @param runStart what {@code run_start()} is
     * @throws io.millrace.api.MillraceException a user error with line and column, where the expression does not fit the
     *     schema, or where it has a part of which Spark cannot yield the same values
     */
    public static SparkExpression of(Expression expression, Schema schema, Instant runStart) {
        expression.bind(schema, runStart);
        Part part = new Rendering(schema, runStart).part(expression);
        return new SparkExpression(part.sql(), part.failed(), part.type());
    }

    /** False where no row can fail. */
    public boolean mayFail() {
        return !failed.equals(Sql.NEVER);
    }

    /** The value, or null where the row fails. */
    public String valueOrNull() {
        return mayFail() ? "CASE WHEN NOT " + failed + " THEN " + value + " END" : value;
    }
}
