package io.millrace.core.window;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a window is: whole days of the calendar in a zone ({@code 1d}, {@code 7d}; 23 or 25 hours long where the clocks
 * change), or a duration ({@code 30m}, {@code 168h}). One of the two is zero.
 */
public record WindowLength(int days, Duration duration) implements Comparable<WindowLength> {
    private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final int MOST_DAYS = 36_500;

    public WindowLength {
        if (days < 0 || days > MOST_DAYS || duration.isNegative() || days == 0 == duration.isZero()) {
            throw new IllegalArgumentException("must be longer than nothing and at most " + MOST_DAYS + "d");
        }
    }

    /** Binds the written form. */
    static WindowLength fromYaml(Object value) {
        Matcher matcher = PATTERN.matcher(value.toString());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "must be a length such as 10m, 1h, 1d or 7d, where d are days of the calendar");
        }
        int number = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> of(Duration.ofMillis(number));
            case "s" -> of(Duration.ofSeconds(number));
            case "m" -> of(Duration.ofMinutes(number));
            case "h" -> of(Duration.ofHours(number));
            default -> ofDays(number);
        };
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        return Map.of(
                "description",
                "A length such as 10m, 1h, 1d or 7d, where d are days of the calendar.",
                "type",
                "string",
                "pattern",
                "^[0-9]{1,9}(ms|s|m|h|d)$");
    }

    /** Days of the calendar. */
    public static WindowLength ofDays(int days) {
        return new WindowLength(days, Duration.ZERO);
    }

    /** A duration, whatever the calendar. */
    public static WindowLength of(Duration duration) {
        return new WindowLength(0, duration);
    }

    /** True for days of the calendar. */
    public boolean calendar() {
        return days > 0;
    }

    /** By the number of days, then by the duration: of use for two lengths of the same kind. */
    @Override
    public int compareTo(WindowLength other) {
        return days != other.days ? Integer.compare(days, other.days) : duration.compareTo(other.duration);
    }

    /** The number of days, or of microseconds: comparable with that of another length of the same kind. */
    long units() {
        return calendar() ? days : duration.toNanos() / 1_000;
    }
}
