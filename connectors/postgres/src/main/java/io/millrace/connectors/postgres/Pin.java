package io.millrace.connectors.postgres;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a plan of a table rests on, as it is stored before the first split is read.
 *
 * @param relation its oid
 * @param columns the schema's text
 * @param plannedAt the server's clock, in its own text, before the snapshot was taken
 * @param filenodes by oid, of all tables that keep rows
 * @param increment of an increment, the condition on the time column for tables that were read before; empty: all rows
 * @param changes rows updated and deleted by oid, before the snapshot was taken; a table without an entry was not there
 */
record Pin(
        Identity identity,
        long relation,
        String columns,
        Horizon horizon,
        String plannedAt,
        Map<Long, Long> filenodes,
        Map<Long, Long> changes,
        List<Scan> scans,
        Optional<String> increment) {
    private static final int VERSION = 1;

    /** The pin of what can be read only once. */
    static final String ONCE = "version=1&once=true";

    String text() {
        return new StateText()
                .put("version", VERSION)
                .put("system", identity.system())
                .put("timeline", identity.timeline())
                .put("database", identity.database())
                .put("statistics", identity.statistics())
                .put("standby", identity.standby())
                .put("relation", relation)
                .put("columns", columns)
                .put("snapshot", horizon.snapshot())
                .put("planned_at", plannedAt)
                .put("filenodes", text(filenodes))
                .put("changes", text(changes))
                .put("scans", scans.stream().map(Scan::state).toList())
                .put("increment", increment)
                .toString();
    }

    /** Reads a stored pin; empty where it was of {@link #ONCE} or another version wrote it. */
    static Optional<Pin> parse(String text) {
        StateText state = StateText.parse(text);
        if (state.number("version") != VERSION || state.find("once").isPresent()) {
            return Optional.empty();
        }
        Identity identity = new Identity(
                state.get("system"),
                state.number("timeline"),
                state.number("database"),
                state.get("statistics"),
                state.flag("standby"));
        return Optional.of(new Pin(
                identity,
                state.number("relation"),
                state.get("columns"),
                Horizon.parse(state.get("snapshot")),
                state.get("planned_at"),
                numbers(state.get("filenodes")),
                numbers(state.get("changes")),
                Scan.listOf(state, "scans"),
                state.find("increment")));
    }

    private static String text(Map<Long, Long> numbers) {
        StringBuilder text = new StringBuilder();
        numbers.forEach(
                (key, value) -> text.append(key).append(':').append(value).append(' '));
        return text.toString().strip();
    }

    private static Map<Long, Long> numbers(String text) {
        Map<Long, Long> numbers = new TreeMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ")) {
            int colon = pair.indexOf(':');
            numbers.put(Long.parseLong(pair.substring(0, colon)), Long.parseLong(pair.substring(colon + 1)));
        }
        return numbers;
    }
}
