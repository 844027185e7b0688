package io.millrace.core.transform.normalize;

import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.testkit.transform.RowTransformContract;
import java.util.List;
import java.util.Map;

/** {@code normalize} with every kind of rule keeps the contract of row transforms. */
class NormalizeContractTest extends RowTransformContract {
    @Override
    protected Transform transform() {
        Map<String, Object> none = Map.of();
        return new NormalizeFactory()
                .create(SettingsMaps.bind(
                        NormalizeSettings.class,
                        "normalize",
                        Map.of(
                                "a", Map.of("min_max", Map.of("min", 0, "max", 5), "as", "scaled"),
                                "b", Map.of("log1p", none),
                                "c", Map.of("clip", Map.of("min", -5, "max", 1000)),
                                "d", Map.of("bucket", Map.of("edges", List.of(0, 1.5, 1e9)), "as", "bucket"),
                                "s", Map.of("hash", Map.of("buckets", 100), "as", "hashed"),
                                "t", Map.of("text", Map.of("form", "nfkc", "fold_case", true)),
                                "u",
                                        Map.of(
                                                "one_hot",
                                                Map.of(
                                                        "values",
                                                        List.of("", "a"),
                                                        "unknown",
                                                        "position",
                                                        "columns",
                                                        true)),
                                "l", Map.of("index", Map.of("values", List.of("a"), "unknown", "set_null")),
                                "m", Map.of("multi_hot", Map.of("values", List.of(0, 1, 2))),
                                "n", Map.of("index", Map.of("values", List.of(0, 1), "oov_buckets", 3)))));
    }

    @Override
    protected Schema input() {
        return Schema.of(
                Field.of("a", DataType.FLOAT64),
                Field.of("b", DataType.INT64),
                Field.of("c", DataType.decimal(20, 3)),
                Field.of("d", DataType.FLOAT64),
                Field.of("s", DataType.STRING),
                Field.of("t", DataType.STRING),
                Field.of("u", DataType.STRING),
                Field.of("l", DataType.list(DataType.STRING)),
                Field.of("m", DataType.list(DataType.INT32)),
                Field.of("n", DataType.INT32),
                Field.of("other", DataType.TIMESTAMP));
    }
}
