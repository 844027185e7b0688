package com.example.reviews;

import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.transform.RowTransformContract;

/** What every transform promises, on random batches. */
class ScaleContractTest extends RowTransformContract {
    @Override
    protected Transform transform() {
        return new ScaleFactory().create(new ScaleSettings("rating", 0.2));
    }

    @Override
    protected Schema input() {
        return Schema.of(Field.of("user", DataType.STRING), Field.of("rating", DataType.FLOAT64));
    }
}
