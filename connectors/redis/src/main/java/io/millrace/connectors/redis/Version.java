package io.millrace.connectors.redis;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * What decides which of two values of a key stays: the moment that the data speaks of, then the fence's epoch. As text of
 * one width, {@code 0001709251200000000-0000000007}: microseconds since 1970 and the epoch, which compares as it orders.
 */
record Version(String text) {
    /** The name of the hash field and the JSON member that hold it, and what follows a key that holds it beside a string. */
    static final String NAME = "_v";

    static final int WIDTH = 30;
    private static final long GREATEST_REVISION = 9_999_999_999L;

    /** The version of what a run writes under a fence; a user error before 1970. */
    static Version of(Instant asOf, long epoch) {
        long micros = Timestamps.toMicros(asOf);
        if (micros < 0) {
            throw MillraceException.user("the run's data speaks of " + asOf
                    + ", and versions in Redis begin with 1970; choose a window that ends later");
        }
        return new Version(String.format(Locale.ROOT, "%019d-%010d", micros, epoch));
    }

    /** The version of a row that speaks of a moment, in microseconds since 1970, with its revision. */
    static void append(long micros, long revision, Bytes out) {
        out.appendDigits(micros, 19);
        out.appendByte('-');
        out.appendDigits(Math.min(revision, GREATEST_REVISION), 10);
    }

    /** The moment alone, as the first characters of the text: equal for all attempts at a run. */
    String moment() {
        return text.substring(0, text.indexOf('-'));
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
