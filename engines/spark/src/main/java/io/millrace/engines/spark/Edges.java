package io.millrace.engines.spark;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.Expression.ColumnReference;
import io.millrace.core.expression.Position;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The first and last date or timestamp for which a calculation has a result: beyond them Spark throws, or wraps around. They are
 * found by asking our own kernels.
 */
record Edges(long first, long last, DataType type) {
    private static final String COLUMN = "moment";

    /** @param calculation of a date or timestamp; it has a result for 1970-01-01, and once it has none, none further on */
    static Edges of(DataType type, UnaryOperator<Expression> calculation, Instant runStart) {
        Schema schema = Schema.of(new Field(COLUMN, type, true));
        Expression expression = calculation.apply(new ColumnReference(Position.START, COLUMN));
        boolean date = type.kind() == Kind.DATE;
        long last = edge(expression, schema, runStart, date ? Integer.MAX_VALUE : Long.MAX_VALUE);
        long first = edge(expression, schema, runStart, date ? Integer.MIN_VALUE : Long.MIN_VALUE);
        return new Edges(first, last, type);
    }

    private static long edge(Expression expression, Schema schema, Instant runStart, long limit) {
        if (!fails(expression, schema, runStart, limit)) {
            return limit;
        }
        long good = 0;
        long bad = limit;
        while (bad != good + 1 && bad != good - 1) {
            long middle = good + (bad - good) / 2;
            if (fails(expression, schema, runStart, middle)) {
                bad = middle;
            } else {
                good = middle;
            }
        }
        return good;
    }

    private static boolean fails(Expression expression, Schema schema, Instant runStart, long moment) {
        DataType type = schema.field(0).type();
        Column column = type.kind() == Kind.DATE
                ? IntColumn.of(type, 1, NullBitmap.NONE, new int[] {(int) moment})
                : LongColumn.of(type, 1, NullBitmap.NONE, new long[] {moment});
        RowFailures failures = new RowFailures();
        failures.begin(1);
        expression.bind(schema, runStart).evaluate(Batch.of(schema, 1, List.of(column), null), failures);
        return failures.count() > 0;
    }

    /** What Spark computes from the moment, but only between the edges. */
    Part within(Part moment, DataType result, String sql) {
        boolean date = type.kind() == Kind.DATE;
        if (first == (date ? Integer.MIN_VALUE : Long.MIN_VALUE)
                && last == (date ? Integer.MAX_VALUE : Long.MAX_VALUE)) {
            return Part.safe(result, sql, List.of(moment));
        }
        String inside = date
                ? days(moment, first, last)
                : moment.sql() + " BETWEEN " + Sql.moment(first) + " AND " + Sql.moment(last);
        return Part.checked(result, "CASE WHEN " + inside + " THEN " + sql + " END", List.of(moment), "NOT " + inside);
    }

    /** As numbers: Spark's optimizer makes timestamps of dates that a cast timestamp is compared with, and may throw. */
    static String days(Part date, long first, long last) {
        return "unix_date(" + date.sql() + ") BETWEEN " + first + "L AND " + last + "L";
    }
}
