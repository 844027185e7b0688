package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Split;
import java.util.List;
import java.util.Optional;

/**
 * What a split reads; holds all that a worker needs beside the settings.
 *
 * @param part which rows
 * @param condition the window's and the key range's, in SQL; "TRUE" for all
 * @param scans the tables, and of a {@link Part#BLOCKS} or {@link Part#INCREMENT} split the one table
 * @param firstBlock inclusive
 * @param endBlock exclusive
 * @param seen the keys of rows to be left out, because an earlier increment has taken them
 * @param exported the name under which the planner's snapshot can be taken over
 */
record SplitPayload(
        Part part,
        String condition,
        List<Scan> scans,
        long firstBlock,
        long endBlock,
        Horizon horizon,
        Optional<String> seen,
        String exported,
        int batchRows) {
    static final int VERSION = 1;

    /** Which rows a split has. */
    enum Part {
        /** The blocks of one table, without the tail. */
        BLOCKS,
        /** Of all tables, the rows of transactions that had begun when an older one was still open. */
        TAIL,
        /** Of an increment, the blocks of one table: versions of transactions from the scan's first to the horizon. */
        INCREMENT,
        /** Whatever the relation shows. */
        RELATION
    }

    Split split(String id, long rows, long bytes) {
        String payload = new StateText()
                .put("part", part)
                .put("condition", condition)
                .put("scans", scans.stream().map(Scan::state).toList())
                .put("first", firstBlock)
                .put("end", endBlock)
                .put("snapshot", horizon.snapshot())
                .put("seen", seen)
                .put("exported", exported)
                .put("batch_rows", batchRows)
                .toString();
        return new Split(id, VERSION, payload, rows, bytes);
    }

    static SplitPayload of(Split split) {
        if (split.version() != VERSION) {
            throw new MillraceException(
                    ErrorKind.STALE,
                    "split " + split.id() + " was planned by another version of Millrace; begin the run anew.");
        }
        StateText state = StateText.parse(split.payload());
        return new SplitPayload(
                Part.valueOf(state.get("part")),
                state.get("condition"),
                Scan.listOf(state, "scans"),
                state.number("first"),
                state.number("end"),
                Horizon.parse(state.get("snapshot")),
                state.find("seen"),
                state.get("exported"),
                (int) state.number("batch_rows"));
    }

    /** The one table of a BLOCKS or INCREMENT split. */
    Scan scan() {
        return scans.get(0);
    }

    Optional<Scan> onlyTable() {
        return (part == Part.BLOCKS || part == Part.INCREMENT) && scan().oid() != 0
                ? Optional.of(scan())
                : Optional.empty();
    }
}
