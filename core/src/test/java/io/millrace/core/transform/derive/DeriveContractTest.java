package io.millrace.core.transform.derive;

import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.testkit.transform.RowTransformContract;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code derive} with columns that fail, replace others and read earlier ones keeps the contract of row transforms. */
class DeriveContractTest extends RowTransformContract {
    @Override
    protected Transform transform() {
        Map<String, Expression> columns = new LinkedHashMap<>();
        columns.put("double", Expression.parse("id * 2"));
        columns.put("name", Expression.parse("upper(name) || CAST(double AS string)"));
        columns.put("share", Expression.parse("CASE WHEN rating > 0 THEN id / rating END"));
        columns.put("late", Expression.parse("run_start() - INTERVAL '1' DAY < ts"));
        columns.put("constant", Expression.parse("1.50"));
        columns.put("first", Expression.parse("tags[1]"));
        return new DeriveFactory().create(new DeriveSettings(columns));
    }

    @Override
    protected Schema input() {
        return Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("rating", DataType.FLOAT64),
                Field.of("ts", DataType.TIMESTAMP),
                Field.of("tags", DataType.list(DataType.STRING)));
    }
}
