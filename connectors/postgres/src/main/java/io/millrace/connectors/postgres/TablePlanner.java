package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Measures a table under a snapshot and decides into how many splits each part of it is cut. */
final class TablePlanner {
    private static final int FIRST_VERSION_WITH_BLOCK_RANGES = 140_000;

    private final Session session;
    private final Relation relation;
    private final SplitSize splitSize;

    TablePlanner(Session session, Relation relation, SplitSize splitSize) {
        this.session = session;
        this.relation = relation;
        this.splitSize = splitSize;
    }

    /** How to scan the tables that keep the rows, of which none is foreign. */
    List<Scan> scans(List<Storage> storages, String condition) throws SQLException {
        if (!storages.stream().allMatch(Storage::readable)) {
            // Granted, or guarded by row policies, on the parent only: then it has to be read as the parent shows it.
            return List.of(throughParent(condition));
        }
        boolean ranges = session.row(
                "SELECT pg_catalog.current_setting('server_version_num')::int >= " + FIRST_VERSION_WITH_BLOCK_RANGES,
                row -> row.getBoolean(1));
        long[] rowsOf = new long[storages.size()];
        for (int i = 0; i < rowsOf.length; i++) {
            rowsOf[i] = estimate("ONLY " + storages.get(i).name().quoted(), condition);
        }
        long total = LongStream.of(rowsOf).sum();
        List<Scan> scans = new ArrayList<>();
        for (int i = 0; i < rowsOf.length; i++) {
            Storage storage = storages.get(i);
            long rows = rowsOf[i];
            long splits = ranges ? Math.min(storage.blocks(), splitSize.splits(rows, total)) : 1;
            scans.add(new Scan(
                    storage.oid(), storage.name(), storage.filenode(), storage.blocks(), Math.max(1, splits), rows, 0));
        }
        return scans;
    }

    private Scan throughParent(String condition) throws SQLException {
        TableName parent = relation.table().orElseThrow();
        return new Scan(0, parent, 0, 1, 1, estimate(parent.quoted(), condition), 0);
    }

    private long estimate(String from, String condition) throws SQLException {
        return Estimate.of(session, "SELECT 1 FROM " + from + " WHERE " + condition)
                .rows();
    }

    static Map<Long, Long> filenodes(List<Storage> storages) {
        Map<Long, Long> filenodes = new TreeMap<>();
        storages.forEach(storage -> filenodes.put(storage.oid(), storage.filenode()));
        return filenodes;
    }
}
