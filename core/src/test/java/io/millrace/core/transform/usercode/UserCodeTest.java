package io.millrace.core.transform.usercode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.RecordTransform;
import io.millrace.api.Rejects;
import io.millrace.api.Setting;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.plugin.Plugin;
import io.millrace.testkit.transform.RecordedRejects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** User code from this test's class path. */
class UserCodeTest {
    private static final Schema SCHEMA = Schema.of(Field.of("n", DataType.INT64), Field.of("s", DataType.STRING));

    private static Transform make(Class<?> type, Map<String, Object> options) {
        return make(type.getName(), options);
    }

    private static Transform make(String className, Map<String, Object> options) {
        return new UserCodeFactory(List.of(Plugin.classPath()))
                .create(new UserCodeSettings(
                        className, options.isEmpty() ? Optional.empty() : Optional.of(new UserOptions(options))));
    }

    private static Batch batch(Object... numbers) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Object number : numbers) {
            records.add(number == null ? Map.of() : Map.of("n", number, "s", "x"));
        }
        Batch batch = Batch.ofRecords(SCHEMA, records);
        return Batch.of(SCHEMA, batch.rowCount(), batch.columns(), Origin.of("split", 10));
    }

    /** Adds what its options say; leaves nulls out, refuses odd numbers. */
    public static final class Add implements RecordTransform {
        public record Options(@Setting("What is added.") long by) {}

        static final AtomicInteger CLOSED = new AtomicInteger();
        private final long by;

        public Add(Options options) {
            if (options.by() == 0) {
                throw new InvalidSetting("by", "must not be 0");
            }
            this.by = options.by();
        }

        @Override
        public Schema output(Schema input) {
            return Schema.of(Field.of("sum", DataType.INT64));
        }

        @Override
        public Map<String, Object> transform(Map<String, Object> record) {
            if (record.get("n") == null) {
                return null;
            }
            long n = (Long) record.get("n");
            if (n % 2 != 0) {
                throw new IllegalArgumentException("is odd");
            }
            return Map.of("sum", n + by);
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    @Test
    void recordsAreMappedLeftOutAndRejected() {
        RecordedRejects rejects = new RecordedRejects();
        int closed = Add.CLOSED.get();
        try (BoundTransform bound = make(Add.class, Map.of("by", 5)).bind(SCHEMA, null)) {
            closed = Add.CLOSED.get();
            Batch result = bound.apply(batch(2L, 3L, null, 4L), rejects);
            assertThat(result.records()).containsExactly(Map.of("sum", 7L), Map.of("sum", 9L));
            assertThat(result.origin().orElseThrow().ordinal(1)).isEqualTo(13);
        }
        assertThat(Add.CLOSED.get()).isEqualTo(closed + 1);
        assertThat(rejects.filteredRows()).isEqualTo(1);
        assertThat(rejects.rejected()).hasSize(1);
        assertThat(rejects.rejected().get(0).ordinal()).isEqualTo(11);
        assertThat(rejects.rejected().get(0).reason()).isEqualTo("is odd");
    }

    @Test
    void optionsAreCheckedBeforeTheRun() {
        assertThatThrownBy(() -> make(Add.class, Map.of("by", 0)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("must not be 0")
                .extracting(refused -> ((InvalidSetting) refused).key())
                .isEqualTo("options.by");
        assertThatThrownBy(() -> make(Add.class, Map.of("bye", 1)))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("did you mean 'by'?");
        assertThatThrownBy(() -> make(Keep.class, Map.of("by", 1))).hasMessageContaining("takes no options");
    }

    /** On columns, without options. */
    public static final class Keep implements Transform {
        @Override
        public BoundTransform bind(Schema input, BindContext context) {
            return new Rows(input, batch -> batch);
        }
    }

    /** By a map of options. */
    public static final class Faulty implements Transform {
        private final Map<String, Object> options;

        public Faulty(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        public BoundTransform bind(Schema input, BindContext context) {
            return new Rows(input, batch -> switch ((String) options.get("fault")) {
                case "lose" -> batch.select(Selection.range(1, batch.rowCount()));
                case "columns" -> batch.withColumns(Schema.of(Field.of("n", DataType.INT64)), List.of(batch.column(0)));
                case "origin" -> Batch.of(batch.schema(), batch.rowCount(), batch.columns(), null);
                case "null" -> null;
                default -> throw new IllegalStateException("on purpose");
            });
        }
    }

    private interface Step {
        Batch perform(Batch batch);
    }

    private record Rows(Schema output, Step step) implements BoundTransform {
        @Override
        public Batch apply(Batch input, Rejects rejects) {
            return step.perform(input);
        }
    }

    /** A factory by its name. */
    public static final class Factory implements TransformFactory<Add.Options> {
        @Override
        public String name() {
            return "unused";
        }

        @Override
        public Class<Add.Options> settings() {
            return Add.Options.class;
        }

        @Override
        public Transform create(Add.Options settings) {
            return (input, context) -> new Rows(input, batch -> batch.slice(0, (int) settings.by()));
        }
    }

    @Test
    void transformsOnColumnsAndFactoriesAreTakenToo() {
        Batch batch = batch(1L, 2L);
        try (BoundTransform keep = make(Keep.class, Map.of()).bind(SCHEMA, null);
                BoundTransform made = make(Factory.class, Map.of("by", 2)).bind(SCHEMA, null)) {
            assertThat(keep.apply(batch, new RecordedRejects()).records()).isEqualTo(batch.records());
            assertThat(made.apply(batch, new RecordedRejects()).records()).isEqualTo(batch.records());
        }
    }

    @Test
    void codeThatBreaksTheContractIsNamed() {
        Map<String, String> faults = Map.of(
                "lose", "was given 3 rows, and returned 2 and left out 0",
                "columns", "returned columns (n int64), having declared",
                "origin", "lost the origin of its rows",
                "null", "returned null instead of a batch",
                "throw", "threw java.lang.IllegalStateException: on purpose");
        faults.forEach((fault, message) -> {
            try (BoundTransform bound =
                    make(Faulty.class, Map.of("fault", fault)).bind(SCHEMA, null)) {
                assertThatThrownBy(() -> bound.apply(batch(1L, 2L, 3L), new RecordedRejects()))
                        .isInstanceOf(MillraceException.class)
                        .hasMessageContaining(Faulty.class.getName())
                        .hasMessageContaining(message)
                        .satisfies(failed ->
                                assertThat(((MillraceException) failed).kind()).isEqualTo(ErrorKind.INTERNAL));
            }
        });
    }

    /** Cannot be made. */
    public abstract static class Abstract implements Transform {}

    /** Cannot be made either. */
    public static final class Throwing implements Transform {
        public Throwing() {
            throw new UnsupportedOperationException("not today");
        }

        @Override
        public BoundTransform bind(Schema input, BindContext context) {
            throw new AssertionError();
        }
    }

    @Test
    void classesThatCannotBeUsedAreTold() {
        assertThatThrownBy(() -> make("com.example.None", Map.of()))
                .hasMessageContaining("there is no class com.example.None in the plugins (there are none)");
        assertThatThrownBy(() -> make(String.class, Map.of())).hasMessageContaining("implements none of Transform");
        assertThatThrownBy(() -> make(Abstract.class, Map.of()))
                .hasMessageContaining("must be public and not abstract");
        assertThatThrownBy(() -> make(Throwing.class, Map.of())).hasMessageContaining("not today");
    }
}
