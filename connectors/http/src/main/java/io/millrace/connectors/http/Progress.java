package io.millrace.connectors.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How far reading has come: the text form of it is a resume point.
 *
 * @param next the page to ask for, in the words of its pagination: a number, a cursor or a URL without keys; empty: the first
 * @param pages that have been read
 * @param bytes of them, unpacked
 * @param spent the time it took
 * @param rows of the source so far
 */
record Progress(Optional<String> next, int pages, long bytes, Duration spent, long rows) {
    static final Progress BEGINNING = new Progress(Optional.empty(), 0, 0, Duration.ZERO, 0);

    static Progress parse(String text) {
        StateText state = StateText.parse(text);
        return new Progress(
                state.find("next"),
                (int) state.number("pages"),
                state.number("bytes"),
                Duration.ofMillis(state.number("spent")),
                state.number("rows"));
    }

    @Override
    public String toString() {
        return new StateText()
                .put("next", next)
                .put("pages", pages)
                .put("bytes", bytes)
                .put("spent", spent.toMillis())
                .put("rows", rows)
                .toString();
    }
}
