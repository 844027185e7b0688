package io.millrace.connectors.http;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.time.Duration;

/** Counts pages, bytes and time of a run against its limits, over resumptions. One thread. */
final class Budget {
    private final HttpLimits limits;
    private final Duration before;
    private final long began = System.nanoTime();
    private int pages;
    private long bytes;

    Budget(HttpLimits limits, Progress begun) {
        this.limits = limits;
        this.before = begun.spent();
        this.pages = begun.pages();
        this.bytes = begun.bytes();
    }

    int pages() {
        return pages;
    }

    long bytes() {
        return bytes;
    }

    Duration spent() {
        return before.plusNanos(System.nanoTime() - began);
    }

    /** The time that is left; an error where none is. */
    Duration remaining(String asking) {
        Duration remaining = limits.time().minus(spent());
        if (remaining.isNegative() || remaining.isZero()) {
            throw exceeded(
                    asking,
                    "reading has taken longer than limits.time ("
                            + limits.time().toSeconds() + "s)");
        }
        return remaining;
    }

    /** Before a page is asked for. */
    void checkNext(String asking) {
        if (pages >= limits.pages()) {
            throw exceeded(asking, "the API goes on beyond limits.pages (" + limits.pages() + ")");
        }
        if (bytes > limits.total().bytes()) {
            throw exceeded(asking, "the answers exceed limits.total (" + limits.total() + ")");
        }
    }

    void read(int size) {
        pages++;
        bytes += size;
    }

    private static MillraceException exceeded(String asking, String problem) {
        return new MillraceException(
                ErrorKind.DENIED, asking + ": " + problem + "; raise the limit if so much is to be expected");
    }
}
