package io.millrace.features.local;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events with ties, duplicates, nulls, and times on either side of midnights. */
final class RandomEvents {
    static final Schema SCHEMA = Schema.of(
            Field.of("user", DataType.INT64),
            Field.of("item", DataType.INT64),
            Field.of("kind", DataType.STRING),
            Field.of("category", DataType.STRING),
            Field.of("price", DataType.FLOAT64),
            Field.of("ts", DataType.TIMESTAMP),
            Field.of("id", DataType.INT64));

    private static final List<String> KINDS = List.of("view", "view", "view", "click", "like", "purchase", "覽");
    private static final List<Duration> STEPS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofNanos(1_000),
            Duration.ofSeconds(40),
            Duration.ofMinutes(29),
            Duration.ofMinutes(30),
            Duration.ofHours(3),
            Duration.ofHours(12),
            Duration.ofHours(24));

    private RandomEvents() {}

    /** So many events from a moment on; {@code borders} are times that some fall on exactly. */
    static List<Map<String, Object>> make(Random random, int count, Instant from, List<Instant> borders) {
        List<Map<String, Object>> events = new ArrayList<>();
        Instant[] clocks = new Instant[6];
        for (int i = 0; i < count; i++) {
            int user = random.nextInt(clocks.length);
            Instant before = clocks[user] == null ? from : clocks[user];
            Duration step = STEPS.get(random.nextInt(STEPS.size())).dividedBy(1 + random.nextInt(2));
            Instant time = before.plus(step).truncatedTo(ChronoUnit.MICROS);
            clocks[user] = time;
            if (random.nextInt(12) == 0) {
                Instant border = borders.get(random.nextInt(borders.size()));
                time = random.nextBoolean() ? border : border.minusNanos(1_000);
            }
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("user", random.nextInt(40) == 0 ? null : (Object) (long) user);
            event.put("item", random.nextInt(15) == 0 ? null : (Object) (long) random.nextInt(8));
            event.put("kind", random.nextInt(20) == 0 ? null : KINDS.get(random.nextInt(KINDS.size())));
            event.put("category", random.nextInt(9) == 0 ? null : "c" + random.nextInt(3));
            event.put("price", random.nextInt(7) == 0 ? null : (Object) (random.nextInt(1_000) / 7.0));
            event.put("ts", random.nextInt(50) == 0 ? null : time);
            event.put("id", (long) i);
            events.add(event);
            if (random.nextInt(15) == 0) {
                events.add(event);
            }
        }
        return events;
    }
}
