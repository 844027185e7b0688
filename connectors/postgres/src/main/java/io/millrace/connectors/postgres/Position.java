package io.millrace.connectors.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where increments of a table stand. Transaction ids only grow, and a transaction below the horizon H of a snapshot (see
 * {@link Horizon}) has ended, with all its savepoints; so the versions with ids in [previous H, H) are what is new, exactly,
 * whoever was writing meanwhile. What an open transaction holds back, rows of others that began later included, comes when
 * it has ended.
 *
 * <p>The horizon is kept table by table: one that was attached since is new as a whole, and one that was detached for a
 * while goes on where it was left.
 *
 * @param marks by the oids of the tables that keep the rows
 * @param writtenAfter no transaction from the horizon on has written before it; empty where that is not known
 */
record Position(
        String system,
        long timeline,
        long database,
        long relation,
        Horizon horizon,
        Map<Long, Mark> marks,
        Optional<Instant> writtenAfter) {
    private static final int VERSION = 1;
    private static final String KIND = "snapshot";

    /**
     * How far one table was read.
     *
     * @param filenode names its file: rows written anew have other transaction ids
     * @param taken all versions of transactions below it were
     */
    record Mark(long filenode, long taken) {}

    String text() {
        return new StateText()
                .put("version", VERSION)
                .put("kind", KIND)
                .put("system", system)
                .put("timeline", timeline)
                .put("database", database)
                .put("relation", relation)
                .put("snapshot", horizon.snapshot())
                .put("tables", marks.entrySet().stream().map(Position::markText).toList())
                .put("written_after", writtenAfter)
                .toString();
    }

    private static StateText markText(Map.Entry<Long, Mark> mark) {
        return new StateText()
                .put("oid", mark.getKey())
                .put("filenode", mark.getValue().filenode())
                .put("taken", mark.getValue().taken());
    }

    /** Reads a stored position; empty where it is of another kind or version. */
    static Optional<Position> parse(String text) {
        StateText state = StateText.parse(text);
        if (state.number("version") != VERSION || !state.get("kind").equals(KIND)) {
            return Optional.empty();
        }
        Map<Long, Mark> marks = new TreeMap<>();
        List<StateText> tables = state.list("tables");
        tables.forEach(
                table -> marks.put(table.number("oid"), new Mark(table.number("filenode"), table.number("taken"))));
        return Optional.of(new Position(
                state.get("system"),
                state.number("timeline"),
                state.number("database"),
                state.number("relation"),
                Horizon.parse(state.get("snapshot")),
                marks,
                state.find("written_after").map(Instant::parse)));
    }
}
