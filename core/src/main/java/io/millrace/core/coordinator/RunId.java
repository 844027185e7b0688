package io.millrace.core.coordinator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Makes run ids: the start time in UTC, so that they sort by it, and a random end, so that none occurs twice. */
final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunId() {}

    static String of(Instant started) {
        return String.format(
                Locale.ROOT,
                "%s-%06x",
                TIME.format(started),
                ThreadLocalRandom.current().nextInt(1 << 24));
    }
}
