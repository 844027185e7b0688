package io.millrace.core.config;

import io.millrace.api.ByteSize;
import io.millrace.api.Secret;
import io.millrace.api.data.DataType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes random settings, with the texts that YAML finds hardest. */
final class RandomSettings {
    private static final List<String> TEXTS = List.of(
            "",
            "plain",
            "no",
            "null",
            "~",
            "012",
            "1_000",
            "true",
            "1.5",
            "a: b",
            "# no comment",
            " spaced ",
            "- dash",
            "it's",
            "say \"hi\"",
            "back\\slash",
            "tab\there",
            "two\nlines\n",
            "*star",
            "&and",
            "!bang",
            "@at",
            "%percent",
            "{brace",
            "[bracket",
            "käse",
            "数据",
            "\uD83D\uDE00",
            "${env:HOME}",
            "$${x}",
            "cost $5",
            "<<",
            "a,b",
            "---",
            "x:",
            "\u00A0",
            "yes",
            ".inf",
            "0x1F",
            "2024-01-01",
            "?",
            "|",
            ">");

    private final Random random;

    RandomSettings(long seed) {
        random = new Random(seed);
    }

    AllSettings next() {
        return new AllSettings(
                text(),
                Secret.of(text()),
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong(),
                real(),
                pick(List.of(AllSettings.Color.values())),
                Duration.ofMillis(pick(List.of(0L, 1L, 200L, 30_000L, 3_600_000L, 604_800_000L, 61_001L))),
                new ByteSize(pick(List.of(0L, 512L, 1L << 16, 128L << 20, 5L << 30, 12_345L))),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                LocalDate.ofEpochDay(random.nextInt(40_000)),
                ZoneId.of(pick(List.of("UTC", "Asia/Shanghai", "+05:30", "America/New_York"))),
                type(),
                anything(),
                nested(),
                choosing(),
                new AllSettings.Pair("l" + random.nextInt(100), "r"),
                maybe(this::text),
                maybe(random::nextInt),
                maybe(this::nested),
                list(this::text),
                list(this::nested),
                map(this::type),
                map(this::choosing),
                map(this::anything));
    }

    private String text() {
        return random.nextInt(3) > 0 ? pick(TEXTS) : pick(TEXTS) + pick(TEXTS);
    }

    private double real() {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : 0.1;
    }

    private Object anything() {
        return switch (random.nextInt(4)) {
            case 0 -> text();
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            default -> real();
        };
    }

    private DataType type() {
        return pick(List.of(
                DataType.INT64, DataType.decimal(10, 2), DataType.list(DataType.list(DataType.STRING)), DataType.JSON));
    }

    private AllSettings.Nested nested() {
        int low = random.nextInt(20);
        return new AllSettings.Nested(low, low + random.nextInt(10), text());
    }

    private AllSettings.Choosing choosing() {
        return switch (random.nextInt(4)) {
            case 0 -> new AllSettings.Plainly();
            case 1 -> new AllSettings.WithDefaults(random.nextInt(5));
            case 2 -> new AllSettings.ByKey(list(this::text), random.nextLong());
            default -> new AllSettings.Bare(text());
        };
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> element) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> element.get())
                .toList();
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(), value.get());
        }
        return map;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
