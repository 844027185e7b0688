package io.millrace.engines.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.step.StepChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatermarksTest {
    private static final Schema SCHEMA = Schema.of(new Field("ts", DataType.TIMESTAMP, true));
    private static final StreamSettings SETTINGS = new StreamSettings(
            Optional.of("ts"),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ofHours(1),
            StreamSettings.KeyedState.DISK,
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Optional.empty());

    private final Watermarks watermarks =
            new Watermarks(SETTINGS, StepChain.resolve(List.of(), SCHEMA, new Lookups(List.of()).at(Instant.EPOCH)));
    private final PartitionRows first = new PartitionRows(null, 0, 8, 0);
    private final PartitionRows second = new PartitionRows(null, 1, 8, 0);
    private final List<PartitionRows> both = List.of(first, second);

    private void saw(PartitionRows partition, long seconds) {
        Batch rows = Batch.ofRecords(SCHEMA, List.of(Map.of("ts", Instant.ofEpochSecond(seconds))));
        watermarks.saw(partition, rows, rows);
    }

    @Test
    void waitsForAPartitionThatNothingWasReadOf() {
        saw(first, 1_000);
        assertThat(watermarks.now(both, 30_000)).isEmpty();

        saw(second, 500);
        assertThat(watermarks.now(both, 30_000)).hasValue(490_000_000);
    }

    @Test
    void doesNotWaitForOneThatIsIdle() {
        saw(first, 1_000);

        assertThat(watermarks.now(List.of(first, second), 60_000)).isEmpty();
        PartitionRows active = new PartitionRows(null, 2, 8, 60_001);
        saw(active, 700);
        assertThat(watermarks.now(List.of(second, active), 60_001)).hasValue(690_000_000);
    }

    @Test
    void neverGoesBack() {
        saw(first, 1_000);
        saw(second, 2_000);
        assertThat(watermarks.now(both, 0)).hasValue(990_000_000);

        saw(second, 10);
        PartitionRows slow = new PartitionRows(null, 2, 8, 0);
        saw(slow, 1);
        assertThat(watermarks.now(List.of(first, second, slow), 0)).hasValue(990_000_000);
    }

    @Test
    void isIdleWithoutPartitionsOnlyAfterAWhile() {
        assertThat(watermarks.idle(List.of(), 0, 60_000)).isFalse();
        assertThat(watermarks.idle(List.of(), 0, 60_001)).isTrue();
        assertThat(watermarks.idle(both, 0, 60_000)).isFalse();
        assertThat(watermarks.idle(both, 0, 60_001)).isTrue();
        assertThat(watermarks.idle(List.of(first, new PartitionRows(null, 2, 8, 5_000)), 0, 60_001))
                .isFalse();
    }
}
