package io.millrace.connectors.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.kernel.internal.actions.AddFile;
import io.millrace.api.TimeWindow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the log knows of a file's time column.
 *
 * @param smallest not after its earliest time; empty where that is not known
 * @param largest not before its latest
 * @param nulls how many rows have no time; empty where that is not known
 */
record TimeBounds(Optional<Instant> smallest, Optional<Instant> largest, OptionalLong nulls) {
    static final TimeBounds UNKNOWN = new TimeBounds(Optional.empty(), Optional.empty(), OptionalLong.empty());

    static TimeBounds of(SourceColumn time, AddFile file) {
        if (time.partition()) {
            String text = ActiveFiles.partition(file).get(time.stored());
            Optional<Instant> value = Optional.ofNullable(text).flatMap(TimeBounds::instant);
            return new TimeBounds(
                    value,
                    value,
                    text != null
                            ? OptionalLong.of(0)
                            : LogStatistics.rows(file).map(OptionalLong::of).orElse(OptionalLong.empty()));
        }
        JsonNode statistics = LogStatistics.of(file);
        JsonNode nulls = statistics.path("nullCount").path(time.stored());
        return new TimeBounds(
                instant(statistics.path("minValues").path(time.stored()).asText("")),
                // Cut to milliseconds by some writers.
                instant(statistics.path("maxValues").path(time.stored()).asText(""))
                        .map(largest -> largest.plusMillis(1)),
                nulls.isIntegralNumber() ? OptionalLong.of(nulls.asLong()) : OptionalLong.empty());
    }

    private static Optional<Instant> instant(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (text.length() == "2024-01-01".length()) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            String withZone = text.replace(' ', 'T');
            boolean zoned = withZone.endsWith("Z") || withZone.matches(".*T.*[+-]\\d\\d:\\d\\d");
            return Optional.of(
                    OffsetDateTime.parse(zoned ? withZone : withZone + "Z").toInstant());
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** False where no row can lie in the window. */
    boolean overlap(TimeWindow window) {
        return window.start()
                        .flatMap(start -> largest.map(last -> !last.isBefore(start)))
                        .orElse(true)
                && window.end()
                        .flatMap(end -> smallest.map(first -> first.isBefore(end)))
                        .orElse(true);
    }
}
