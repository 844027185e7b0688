package io.millrace.connectors.postgres;

import java.util.List;

/**
 * How one table's rows are cut: {@code splits} ranges of blocks.
 *
 * @param oid 0 where the table is read through its parent, whole
 * @param name the table, or the parent
 * @param rows estimated, or -1
 * @param from of an increment, the first transaction whose versions were not taken before; 0: none were
 */
record Scan(long oid, TableName name, long filenode, long blocks, long splits, long rows, long from) {
    long blocksPerSplit() {
        return Math.max(1, (blocks + splits - 1) / splits);
    }

    /** For SQL's FROM. */
    String table() {
        return (oid == 0 ? "" : "ONLY ") + name.quoted();
    }

    /** The same table in an increment that begins at this transaction; how few rows that has is not known. */
    Scan since(long transaction) {
        return new Scan(oid, name, filenode, blocks, splits, transaction == 0 ? rows : -1, transaction);
    }

    StateText state() {
        return new StateText()
                .put("oid", oid)
                .put("schema", name.schema())
                .put("name", name.name())
                .put("filenode", filenode)
                .put("blocks", blocks)
                .put("splits", splits)
                .put("rows", rows)
                .put("from", from);
    }

    static Scan of(StateText state) {
        return new Scan(
                state.number("oid"),
                new TableName(state.get("schema"), state.get("name")),
                state.number("filenode"),
                state.number("blocks"),
                state.number("splits"),
                state.number("rows"),
                state.find("from").map(Long::parseLong).orElse(0L));
    }

    static List<Scan> listOf(StateText state, String key) {
        return state.list(key).stream().map(Scan::of).toList();
    }
}
