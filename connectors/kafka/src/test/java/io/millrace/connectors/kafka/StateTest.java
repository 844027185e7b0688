package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTest {
    @Test
    void positionsAreJsonAndComeBack() {
        Position position = new Position("t", "id", Map.of(0, 5L, 11, Long.MAX_VALUE));
        assertThat(position.text())
                .isEqualTo("{\"version\":1,\"topic\":\"t\",\"topic_id\":\"id\",\"offsets\":{\"0\":5,\"11\":"
                        + Long.MAX_VALUE + "}}");
        assertThat(Position.parse(position.text())).isEqualTo(position);
    }

    @Test
    void pinsAndSplitsComeBack() {
        Pin pin = new Pin("id", List.of(new OffsetRange(0, 1, 9), new OffsetRange(2, 4, 4)), Optional.of("[\"x\"]"));
        assertThat(Pin.parse(pin.text())).contains(pin);
        for (TimeBounds times : List.of(TimeBounds.NONE, new TimeBounds(0, 7), new TimeBounds(-1, Long.MAX_VALUE))) {
            SplitPayload payload = new SplitPayload("id", new OffsetRange(3, 5, 8), times, 100, Optional.empty());
            Split split = payload.split("a_topic");
            assertThat(split.id()).isEqualTo("a_topic.3.5");
            assertThat(split.estimatedRows()).isEqualTo(3);
            assertThat(SplitPayload.of(split)).isEqualTo(payload);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"offsets\": [1]}", "{\"version\": 1.5}", "{\"offsets\": {\"x\": 1}}", "{"})
    void refusesWhatIsNoState(String text) {
        assertThatThrownBy(() -> StateText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not state of this connector");
    }

    @Test
    void boundsAreRoundedUpToWholeMilliseconds() {
        Instant start = Instant.parse("2024-01-01T00:00:00.000001Z");
        TimeBounds bounds = TimeBounds.of(new TimeWindow(Optional.of(start), Optional.of(start.plusMillis(1))));
        long millis = start.toEpochMilli();
        assertThat(bounds).isEqualTo(new TimeBounds(millis + 1, millis + 2));
        assertThat(bounds.contains(millis)).isFalse();
        assertThat(bounds.contains(millis + 1)).isTrue();
        assertThat(bounds.contains(millis + 2)).isFalse();
    }

    @Test
    void cutsRangesWithoutGapsAndOverlaps() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<OffsetRange> ranges = new ArrayList<>();
            for (int partition = 0; partition < 1 + random.nextInt(5); partition++) {
                long from = random.nextInt(1_000);
                ranges.add(new OffsetRange(partition, from, from + random.nextInt(3_000)));
            }
            long size = 1 + random.nextInt(500);
            List<OffsetRange> parts = SplitCutter.cut(ranges, Optional.of(size));
            assertThat(parts).allMatch(part -> part.size() > 0 && part.size() <= 2 * size);
            for (OffsetRange range : ranges) {
                long next = range.from();
                for (OffsetRange part : parts) {
                    if (part.partition() == range.partition()) {
                        assertThat(part.from()).isEqualTo(next);
                        next = part.to();
                    }
                }
                assertThat(next).isEqualTo(range.to());
            }
        }
    }
}
