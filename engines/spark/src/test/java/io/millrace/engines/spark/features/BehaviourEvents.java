package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events as recommenders see them, with all that makes engines part: nulls, ties, doubled rows, hard numbers, changing clocks. */
final class BehaviourEvents {
    static final Schema SCHEMA = Schema.of(
            Field.of("user_id", DataType.INT64),
            Field.of("item_id", DataType.INT64),
            Field.of("event_type", DataType.STRING),
            Field.of("category", DataType.STRING),
            Field.of("rating", DataType.FLOAT64),
            Field.of("price", DataType.FLOAT64),
            Field.of("timestamp", DataType.TIMESTAMP));

    /** In New York the clocks go forward on the 10th. */
    static final Instant FIRST = Instant.parse("2024-02-20T00:00:00Z");

    private static final Duration SPAN = Duration.ofDays(24);
    private static final List<String> TYPES =
            List.of("view", "view", "view", "click", "click", "like", "purchase", "other");
    private static final List<String> CATEGORIES = List.of("books", "Bücher", "日本", "", "music", "😀");
    private static final List<Double> NUMBERS = List.of(
            0.1,
            -0.0,
            0.0,
            1e300,
            -1e300,
            Double.MIN_VALUE,
            1e-30,
            4.5,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            1e16,
            3.3);

    private final Random random;

    BehaviourEvents(Random random) {
        this.random = random;
    }

    Batch rows(int count) {
        List<Map<String, Object>> records = new ArrayList<>();
        while (records.size() < count) {
            Map<String, Object> record = record();
            records.add(record);
            if (random.nextInt(20) == 0) {
                records.add(record);
            }
        }
        return Batch.ofRecords(SCHEMA, records);
    }

    private Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("user_id", sometimes(50, (long) Math.abs(random.nextGaussian() * 20)));
        record.put("item_id", sometimes(50, (long) Math.abs(random.nextGaussian() * 30)));
        record.put("event_type", sometimes(50, TYPES.get(random.nextInt(TYPES.size()))));
        record.put("category", sometimes(20, CATEGORIES.get(random.nextInt(CATEGORIES.size()))));
        record.put("rating", sometimes(3, random.nextInt(51) / 10.0));
        record.put(
                "price",
                sometimes(
                        10,
                        random.nextInt(30) == 0
                                ? NUMBERS.get(random.nextInt(NUMBERS.size()))
                                : random.nextInt(100_000) / 100.0));
        record.put("timestamp", sometimes(100, time()));
        return record;
    }

    /** Mostly whole minutes, so that times tie; some at the very edge of a day. */
    private Instant time() {
        Instant minute = FIRST.plus(Duration.ofMinutes(random.nextInt((int) SPAN.toMinutes())));
        return switch (random.nextInt(10)) {
            case 0 -> minute.minusSeconds(minute.getEpochSecond() % 86_400).minusNanos(1_000);
            case 1 -> minute.minusSeconds(minute.getEpochSecond() % 86_400);
            default -> minute;
        };
    }

    private <T> T sometimes(int absentOnceIn, T value) {
        return random.nextInt(absentOnceIn) == 0 ? null : value;
    }
}
