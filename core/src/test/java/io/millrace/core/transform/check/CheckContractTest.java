package io.millrace.core.transform.check;

import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.testkit.transform.RowTransformContract;
import java.util.List;
import java.util.Map;

/** {@code check} with every rule that looks at one row at a time keeps the contract of row transforms. */
class CheckContractTest extends RowTransformContract {
    @Override
    protected Transform transform() {
        return new CheckFactory()
                .create(new CheckSettings(CheckRules.fromYaml(Map.of(
                        "id",
                        List.of(Map.of("range", Map.of("min", 0, "max", 5000)), "not_null"),
                        "name",
                        Map.of("regex", ".*[aeiou].*"),
                        "flag",
                        Map.of("in", List.of(true), "severity", "warn"),
                        "rating",
                        Map.of("nulls", Map.of("max", 0.5)),
                        "rows",
                        Map.of("min", 1)))));
    }

    @Override
    protected Schema input() {
        return Schema.of(
                Field.of("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("flag", DataType.BOOLEAN),
                Field.of("rating", DataType.FLOAT64));
    }
}
