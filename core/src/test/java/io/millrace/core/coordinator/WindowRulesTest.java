package io.millrace.core.coordinator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.config.Place;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.clean.CleanFactory;
import io.millrace.core.transform.clean.CleanSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowRulesTest {
    private static final Schema SOURCE =
            Schema.of(Field.of("id", DataType.INT64), Field.of("time", DataType.TIMESTAMP));

    private final MemoryTarget target = new MemoryTarget();

    @BeforeEach
    void replacePartitions() {
        target.mode = WriteMode.OVERWRITE_PARTITIONS;
        target.partitionBy = List.of("time");
    }

    private ThrowingCallable check(String start, String end, Map<String, ?> clean) {
        CleanSettings settings = SettingsMaps.bind(CleanSettings.class, "clean", clean);
        StepDefinition step = new StepDefinition.RowStep(
                "clean", "clean", new CleanFactory().create(settings), settings, Place.named("p.yaml"));
        StepChain steps =
                StepChain.resolve(List.of(step), SOURCE, new RunArtifacts(List.of(step)).context(Instant.EPOCH));
        return () -> WindowRules.check(
                TimeWindow.between(Instant.parse(start), Instant.parse(end)),
                new MemorySource(1, 1),
                target.loader(),
                steps);
    }

    @Test
    void takesWholeDaysOfUtc() {
        assertThatCode(check("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", Map.of("types", Map.of("time", "date"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesDaysOfAnotherZoneThanTheDatesFollow() {
        Map<String, ?> shanghai = Map.of("types", Map.of("time", Map.of("date", "iso", "zone", "Asia/Shanghai")));
        assertThatThrownBy(check("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", shanghai))
                .isInstanceOfSatisfying(
                        MillraceException.class, refused -> org.assertj.core.api.Assertions.assertThat(refused.kind())
                                .isEqualTo(ErrorKind.USER))
                .hasMessageContaining("Asia/Shanghai")
                .hasMessageContaining("2026-01-01T00:00+08:00");
        assertThatCode(check("2025-12-31T16:00:00Z", "2026-01-01T16:00:00Z", shanghai))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesStepsThatMoveRowsToOtherDays() {
        assertThatThrownBy(check(
                        "2026-01-01T00:00:00Z",
                        "2026-01-02T00:00:00Z",
                        Map.of(
                                "types", Map.of("time", "date"),
                                "outliers", Map.of("time", Map.of("min", "2026-01-01", "action", "clamp")))))
                .hasMessageContaining("another day");
    }

    @Test
    void refusesPartitionsThatReachBeyondTheWindow() {
        target.partitionBy = List.of("id");
        assertThatThrownBy(
                        check("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", Map.of("types", Map.of("time", "date"))))
                .hasMessageContaining("partition_by");
    }

    @Test
    void asksNothingOfOtherModes() {
        target.mode = WriteMode.APPEND;
        target.partitionBy = List.of();
        assertThatCode(check("2026-01-01T00:00:01Z", "2026-01-02T00:00:00Z", Map.of()))
                .doesNotThrowAnyException();
    }
}
