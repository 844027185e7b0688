package io.millrace.connectors.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where increments by the time column stand. All rows up to {@code until} that could be seen have been taken. Later ones
 * with a time since {@code since} may still appear; the keys tell them from those that were there.
 *
 * @param until the largest time taken; empty while there was no row
 * @param since the smallest time of which all keys are kept
 * @param seen the keys of all rows between the two
 */
record OverlapPosition(Optional<Instant> until, Optional<Instant> since, List<String> key, String seen) {
    private static final int VERSION = 1;
    private static final String KIND = "overlap";

    String text() {
        return new StateText()
                .put("version", VERSION)
                .put("kind", KIND)
                .put("until", until)
                .put("since", since)
                .put(
                        "key",
                        key.stream()
                                .map(name -> new StateText().put("column", name))
                                .toList())
                .put("seen", (Object) seen)
                .toString();
    }

    /** Reads a stored position; empty where it is of another kind or version. */
    static Optional<OverlapPosition> parse(String text) {
        StateText state = StateText.parse(text);
        if (state.number("version") != VERSION || !state.get("kind").equals(KIND)) {
            return Optional.empty();
        }
        return Optional.of(new OverlapPosition(
                state.find("until").map(Instant::parse),
                state.find("since").map(Instant::parse),
                state.list("key").stream().map(column -> column.get("column")).toList(),
                state.get("seen")));
    }
}
