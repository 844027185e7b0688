package io.millrace.core.transform.enrich;

import io.millrace.api.BindContext;
import io.millrace.api.Transform;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.lookup.MemoryTables;
import io.millrace.testkit.transform.RowTransformContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** {@code enrich} keeps the contract of row transforms, with each policy for rows that match nothing. */
class EnrichContractTest {
    private static final MemoryTables TABLES = new MemoryTables();
    private static final Lookups LOOKUPS;

    static {
        Schema items = Schema.of(
                Field.of("id", DataType.INT64),
                new Field("title", DataType.STRING, false),
                Field.of("tags", DataType.list(DataType.STRING)),
                Field.of("from", DataType.TIMESTAMP));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long id = -5_000; id < 5_000; id += 2) {
            rows.add(Map.of("id", id, "title", "item " + id, "from", Instant.ofEpochSecond(id)));
        }
        TABLES.put("items", items, rows);
        LOOKUPS = new Lookups(enrich(new Missing.SetNull()).requests());
        LOOKUPS.prepareForNow();
    }

    private static Enrich enrich(Missing missing) {
        EnrichSettings settings = new EnrichSettings(
                TABLES.whole("items"),
                Map.of("item", "id"),
                Map.of("title", "title", "tags", "tags"),
                missing,
                Optional.of(new AsOf("time", "from", Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty());
        return new Enrich(settings, settings.request("enrich").connected(MemoryTables.CONTEXT));
    }

    private abstract static class Contract extends RowTransformContract {
        private final Missing missing;

        Contract(Missing missing) {
            this.missing = missing;
        }

        @Override
        protected Transform transform() {
            return enrich(missing);
        }

        @Override
        protected Schema input() {
            return Schema.of(
                    Field.of("item", DataType.INT32),
                    Field.of("time", DataType.TIMESTAMP),
                    Field.of("price", DataType.decimal(10, 2)));
        }

        @Override
        protected BindContext context() {
            return LOOKUPS.at(Instant.EPOCH);
        }
    }

    @Nested
    class Null extends Contract {
        Null() {
            super(new Missing.SetNull());
        }
    }

    @Nested
    class Rejected extends Contract {
        Rejected() {
            super(new Missing.Reject());
        }
    }

    @Nested
    class Dropped extends Contract {
        Dropped() {
            super(new Missing.DropRow());
        }
    }

    @Nested
    class Defaulted extends Contract {
        Defaulted() {
            super(new Missing.Default(Map.of("title", "unknown")));
        }
    }
}
