package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.TimeWindow;
import io.millrace.api.Transform;
import io.millrace.api.WriteMode;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Place;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.plugin.GuardedTransform;
import io.millrace.core.plugin.Plugin;
import io.millrace.core.step.StepChain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What code of plugins does to days is not known. */
class WindowRulesUserCodeTest {
    private static final Schema SOURCE = Schema.of(Field.of("time", DataType.DATE));
    private static final Optional<TimeWindow> DAY =
            TimeWindow.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"));

    private final MemoryTarget target = new MemoryTarget();

    /** Passes rows on. */
    private record Same(Schema output) implements BoundTransform {
        @Override
        public Batch apply(Batch input, Rejects rejects) {
            return input;
        }
    }

    private void check(Transform transform) {
        StepDefinition step =
                new StepDefinition.RowStep("java", "java", transform, new Nothing(), Place.named("p.yaml"));
        StepChain steps = StepChain.resolve(List.of(step), SOURCE, null);
        WindowRules.check(DAY, new MemorySource(1, 1), target.loader(), steps);
    }

    record Nothing() {}

    @Test
    void refusesToReplacePartitionsOfAWindowBehindCodeOfAPlugin() {
        target.mode = WriteMode.OVERWRITE_PARTITIONS;
        target.partitionBy = List.of("time");
        Transform code = (Schema input, BindContext context) -> new Same(input);
        assertThatCode(() -> check(code)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(new GuardedTransform(code, "com.example.Move", Plugin.classPath())))
                .hasMessageContaining("step 'java' is code of a plugin (com.example.Move)")
                .hasMessageContaining("another day");
        target.mode = WriteMode.APPEND;
        assertThatCode(() -> check(new GuardedTransform(code, "com.example.Move", Plugin.classPath())))
                .doesNotThrowAnyException();
    }
}
