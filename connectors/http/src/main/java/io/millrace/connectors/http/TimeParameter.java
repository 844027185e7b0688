package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A query parameter that takes a point in time. */
record TimeParameter(
        @Setting(value = "The parameter's name.", example = "updated_since") String param,
        @Setting(
                        value =
                                "How the time is written, in UTC: iso (2024-01-31T08:30:00Z), seconds or milliseconds since "
                                        + "1970, or a pattern such as yyyy-MM-dd.",
                        defaultValue = "iso")
                String format) {
    private static final List<ChronoUnit> UNITS = List.of(
            ChronoUnit.NANOS,
            ChronoUnit.MICROS,
            ChronoUnit.MILLIS,
            ChronoUnit.SECONDS,
            ChronoUnit.MINUTES,
            ChronoUnit.HOURS,
            ChronoUnit.DAYS);

    TimeParameter {
        if (param.isBlank()) {
            throw new InvalidSetting("param", "must not be empty");
        }
        try {
            write(format, Instant.EPOCH);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidSetting(
                    "format", "must be iso, seconds, milliseconds or a date pattern such as yyyy-MM-dd'T'HH:mm:ss");
        }
    }

    /** The parameter's value. */
    String write(Instant instant) {
        return write(format, instant);
    }

    /** The value of the first moment that the format can tell and that is not before the instant. */
    String writeUp(Instant instant) {
        ChronoUnit unit = resolution().orElseThrow();
        Instant down = instant.truncatedTo(unit);
        return write(format, down.equals(instant) ? down : down.plus(1, unit));
    }

    /** The finest unit that the format can tell; empty where it cannot even tell days. */
    Optional<ChronoUnit> resolution() {
        return UNITS.stream()
                .filter(unit -> !write(Instant.EPOCH).equals(write(Instant.EPOCH.plus(1, unit))))
                .findFirst();
    }

    private static String write(String format, Instant instant) {
        return switch (format) {
            case "iso" -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
            case "seconds" -> String.valueOf(instant.getEpochSecond());
            case "milliseconds" -> String.valueOf(instant.toEpochMilli());
            default -> DateTimeFormatter.ofPattern(format, Locale.ROOT).format(instant.atOffset(ZoneOffset.UTC));
        };
    }
}
