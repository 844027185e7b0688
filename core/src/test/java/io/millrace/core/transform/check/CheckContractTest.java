package io.millrace.core.transform.check;

import io.millrace.api.BindContext;
import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.testkit.transform.RowTransformContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** {@code check} with every rule that looks at one row at a time keeps the contract of row transforms. */
class CheckContractTest extends RowTransformContract {
    private static final MemoryTables TABLES = new MemoryTables()
            .put(
                    "users",
                    Schema.of(Field.of("id", DataType.INT64)),
                    LongStream.range(0, 4_000)
                            .filter(id -> id % 3 > 0)
                            .mapToObj(id -> Map.<String, Object>of("id", id))
                            .toList());

    private static LookupTransform check() {
        Map<String, Object> exists = Map.of(
                "exists_in",
                new ExistsInSettings(
                        TABLES.whole("users"),
                        Optional.empty(),
                        Map.of(),
                        ExistsInSettings.Nulls.BREAK,
                        Optional.empty(),
                        Optional.empty()));
        CheckRules rules = CheckRules.fromYaml(Map.of(
                "id",
                List.of(Map.of("range", Map.of("min", 0, "max", 5000)), "not_null", exists),
                "name",
                Map.of("regex", ".*[aeiou].*"),
                "flag",
                Map.of("in", List.of(true), "severity", "warn"),
                "rating",
                Map.of("nulls", Map.of("max", 0.5)),
                "rows",
                Map.of("min", 1)));
        return Check.of(rules.rules()).connected(MemoryTables.CONTEXT);
    }

    @Override
    protected Transform transform() {
        return check();
    }

    @Override
    protected BindContext context() {
        Lookups lookups = new Lookups(check().requests());
        lookups.prepareForNow();
        return lookups.at(Instant.EPOCH);
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
