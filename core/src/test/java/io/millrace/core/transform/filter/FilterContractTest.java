package io.millrace.core.transform.filter;

import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.testkit.transform.RowTransformContract;

/** {@code filter} with a condition that fails for some rows keeps the contract of row transforms. */
class FilterContractTest extends RowTransformContract {
    @Override
    protected Transform transform() {
        return new FilterFactory()
                .create(new FilterSettings(Expression.parse(
                        "length(name) % 3 <> 0 AND (id + 9223372036854775807 > 0 OR run_start() > \"when\")")));
    }

    @Override
    protected Schema input() {
        return Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("when", DataType.TIMESTAMP),
                Field.of("tags", DataType.list(DataType.STRING)));
    }
}
