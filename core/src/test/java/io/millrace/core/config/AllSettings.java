package io.millrace.core.config;

import io.millrace.api.ByteSize;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of every kind that there is. */
record AllSettings(
        @Setting("Text.") String text,
        @Setting("A secret.") Secret secret,
        @Setting("A flag.") boolean flag,
        @Setting("A whole number.") int whole,
        @Setting("A long.") long wide,
        @Setting("A number.") double real,
        @Setting("A word.") Color color,
        @Setting("A duration.") Duration delay,
        @Setting("A size.") ByteSize size,
        @Setting("A point in time.") Instant instant,
        @Setting("A date.") LocalDate date,
        @Setting("A zone.") ZoneId zone,
        @Setting("A type.") DataType type,
        @Setting("Anything.") Object anything,
        @Setting("Below.") Nested nested,
        @Setting("One of two.") Choosing mode,
        @Setting("A pair.") Pair pair,
        @Setting("Maybe text.") Optional<String> maybeText,
        @Setting("Maybe a number.") Optional<Integer> maybeWhole,
        @Setting("Maybe a record.") Optional<Nested> maybeNested,
        @Setting("Texts.") List<String> texts,
        @Setting("Records.") List<Nested> records,
        @Setting("Types by name.") Map<String, DataType> types,
        @Setting("Choices by name.") Map<String, Choosing> choices,
        @Setting("Values by name.") Map<String, Object> values) {

    enum Color {
        RED,
        DARK_BLUE
    }

    record Nested(
            @Setting(value = "Low.", defaultValue = "1") int low,
            @Setting(value = "High.", defaultValue = "10") int high,
            @Setting(value = "A name.", defaultValue = "none") String longName) {
        Nested {
            if (low > high) {
                throw new InvalidSetting("low", "must not be above high");
            }
        }
    }

    sealed interface Choosing {}

    record Plainly() implements Choosing {}

    record WithDefaults(@Setting(value = "How often.", defaultValue = "3") int times) implements Choosing {}

    record ByKey(@Setting("The key.") List<String> key, @Setting("The rank.") long rank) implements Choosing {}

    record Bare(@Setting(value = "The value.", inline = true) String value) implements Choosing {}

    /** Reads itself: {@code a/b}, or a map of both. */
    record Pair(String left, String right) {
        public static Pair fromYaml(Object value) {
            if (value instanceof Map<?, ?> map) {
                return new Pair(String.valueOf(map.get("left")), String.valueOf(map.get("right")));
            }
            String[] parts = String.valueOf(value).split("/");
            if (parts.length != 2) {
                throw new IllegalArgumentException("'" + value + "' is not of the form left/right");
            }
            return new Pair(parts[0], parts[1]);
        }

        public static Map<String, Object> yamlSchema() {
            return Map.of("type", List.of("string", "object"));
        }
    }
}
