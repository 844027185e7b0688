package io.millrace.connectors.postgres;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Origin;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Brings the copied rows of a piece into the table by key. One thread. */
final class UpsertMerge {
    /** Pieces with the same keys wait for each other's whole statements, and several may stand in a queue. */
    private static final String WAIT_FOR_OTHERS = "SELECT pg_catalog.set_config('lock_timeout', '10min', true)";

    private final Session session;
    private final UpsertText text;
    /** Where the copied rows come from, by the number of each batch's first one. */
    private final TreeMap<Long, Origin> origins = new TreeMap<>();

    private long deduplicated;

    UpsertMerge(Session session, UpsertText text) {
        this.session = session;
        this.text = text;
    }

    /** Remembers where rows come from that are copied with numbers from this one on. */
    void copied(long firstNumber, Batch batch) {
        batch.origin().ifPresent(origin -> origins.put(firstNumber, origin));
    }

    /**
     * Loads the rows that the table takes, and rejects the others.
     *
     * @param copied how many rows there are
     * @return how many the table has taken
     */
    long run(long copied, Rejects rejects) throws SQLException {
        session.rows(WAIT_FOR_OTHERS, row -> row);
        session.execute("SAVEPOINT millrace_merge");
        try {
            long loaded = session.update(text.merge());
            deduplicated = copied - loaded;
            return loaded;
        } catch (SQLException failure) {
            if (!ServerErrors.isRefusedRow(failure)) {
                throw failure;
            }
            return runInParts(copied, failure, rejects);
        }
    }

    private long runInParts(long copied, SQLException refusal, Rejects rejects) throws SQLException {
        session.execute("ROLLBACK TO SAVEPOINT millrace_merge");
        for (String statement : text.createLast()) {
            session.execute(statement);
        }
        int last = session.row(text.countLast(), row -> row.getInt(1));
        session.execute("RELEASE SAVEPOINT millrace_merge");
        session.execute("SAVEPOINT millrace_merge");
        Parts parts = new Parts(last, rejects);
        int rejected = new Isolation(session)
                .run(parts, () -> session.execute("ROLLBACK TO SAVEPOINT millrace_merge"), refusal);
        long loaded = parts.loaded();
        deduplicated = copied - loaded - rejected;
        return loaded;
    }

    /** Rows for which another one of their key was kept, of this piece or in the table. */
    long deduplicated() {
        return deduplicated;
    }

    private final class Parts implements Isolation.Rows {
        private final int count;
        private final Rejects rejects;
        /** What the parts that stand have changed, by the row that each begins with. */
        private final Map<Integer, Long> changed = new TreeMap<>();

        Parts(int count, Rejects rejects) {
            this.count = count;
            this.rejects = rejects;
        }

        long loaded() {
            return changed.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void load(int from, int to, BitSet without) throws SQLException {
            List<Integer> left = new ArrayList<>();
            for (int row = without.nextSetBit(from); row >= 0 && row < to; row = without.nextSetBit(row + 1)) {
                left.add(row);
            }
            String array = left.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
            // Rows are loaded in order: what stood from here on has been taken back.
            changed.keySet().removeIf(start -> start >= from);
            long rows = session.update(text.mergePart(), (long) from, (long) to, array);
            changed.put(from, rows);
        }

        @Override
        public OptionalInt culprit(SQLException failure) {
            return OptionalInt.empty();
        }

        @Override
        public void reject(int row, SQLException failure) throws SQLException {
            record Described(long number, String json) {}
            Described described = session.row(
                    text.describeLast(), found -> new Described(found.getLong(1), found.getString(2)), (long) row);
            Map.Entry<Long, Origin> origin = origins.floorEntry(described.number);
            rejects.reject(
                    origin == null ? "" : origin.getValue().splitId(),
                    origin == null
                            ? described.number
                            : origin.getValue().ordinal((int) (described.number - origin.getKey())),
                    null,
                    ServerErrors.text(failure),
                    described.json);
        }
    }
}
