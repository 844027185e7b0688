package io.millrace.core.transform.clean;

import io.millrace.api.Transform;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.testkit.RandomBatches;
import io.millrace.testkit.transform.RowTransformContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code clean} with every kind of rule keeps the contract of row transforms. */
class CleanContractTest extends RowTransformContract {
    @Override
    protected Transform transform() {
        return new CleanFactory()
                .create(new CleanSettings(
                        StringCleaning.DEFAULT,
                        Map.of(
                                "id", new NullPolicy.Reject(),
                                "name", new NullPolicy.DropRow(),
                                "number", new NullPolicy.Default(7)),
                        Map.of("number", Conversion.to(DataType.INT64), "when", Conversion.to(DataType.DATE)),
                        Map.of(
                                "rating", new Outlier(Optional.of(0), Optional.of(1), Outlier.Action.CLAMP),
                                "id", new Outlier(Optional.of(-4_000), Optional.empty(), Outlier.Action.REJECT))));
    }

    @Override
    protected Schema input() {
        return Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("number", DataType.STRING),
                Field.of("when", DataType.TIMESTAMP),
                Field.of("rating", DataType.FLOAT64),
                Field.of("raw", DataType.BINARY),
                Field.of("tags", DataType.list(DataType.STRING)));
    }

    @Override
    protected Batch batch(RandomBatches random, int rows) {
        List<Map<String, Object>> records = random.records(input(), rows);
        records.forEach(record -> record.computeIfPresent(
                "number",
                (name, text) -> random.random().nextInt(3) == 0
                        ? text
                        : " " + random.random().nextInt()));
        BatchBuilder builder = new BatchBuilder(input());
        records.forEach(builder::appendRecord);
        return builder.build(Origin.of("split-1", 1_000));
    }
}
