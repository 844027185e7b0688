package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * Loads all rows that the server takes, after a statement with all of them has failed.
 *
 * <p>Everything since a mark is taken back; then the rows are loaded in parts, each behind a savepoint. A part that fails is
 * taken back and sent again without the row that the server names, or in halves where it names none. No part is larger
 * than what can be expected to hold a few bad rows, because all of a part that fails was sent in vain.
 *
 * <p>A part that stays costs the server the id of a subtransaction, of which it keeps only 64 for a session at hand. So
 * whenever some parts of a size have come together, they are taken back and loaded as one: each row a few times in all,
 * however many bad ones there are.
 */
final class Isolation {
    private static final int TOGETHER = 8;
    private static final int SMALLEST = 64;

    /** The rows in question. */
    interface Rows {
        int count();

        /** Loads rows of a range in their order, without some. */
        void load(int from, int to, BitSet without) throws SQLException;

        /** Which of the rows that {@link #load} was sending, counted from 0, the server names as the culprit. */
        OptionalInt culprit(SQLException failure);

        void reject(int row, SQLException failure) throws SQLException;
    }

    /** Takes back everything since the mark. */
    interface Mark {
        void goBack() throws SQLException;
    }

    private record Range(int from, int to) {}

    /** Rows that are loaded, behind the savepoint that has the part's place as its number. */
    private record Part(int from, int to, int level) {}

    private final Session session;
    private final Deque<Range> open = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private BitSet bad = new BitSet();
    private Rows rows;
    /** Rows among which a few bad ones are to be expected, from what is known; kept from one call to the next. */
    private int window = Integer.MAX_VALUE;
    /** The server takes parts that it refuses as a whole, and names no row. */
    private boolean apart;

    Isolation(Session session) {
        this.session = session;
    }

    /**
     * Loads the good rows and rejects the others; returns how many those are.
     *
     * @param first why the server refused all of them
     */
    int run(Rows questioned, Mark mark, SQLException first) throws SQLException {
        rows = questioned;
        bad = new BitSet();
        parts.clear();
        apart = false;
        rows.culprit(first).ifPresent(row -> narrow(row + 1));
        mark.goBack();
        open.push(new Range(0, rows.count()));
        setSavepoint();
        do {
            while (!open.isEmpty()) {
                loadNext();
            }
        } while (parts.size() > 1 && !apart && !loadAsOne(0));
        session.execute("RELEASE SAVEPOINT " + savepoint(0));
        return bad.cardinality();
    }

    private void loadNext() throws SQLException {
        Range next = open.pop();
        if (next.to - next.from > window) {
            open.push(new Range(next.from + window, next.to));
            next = new Range(next.from, next.from + window);
        }
        if (good(next) == 0 || !load(next)) {
            return;
        }
        add(new Part(next.from, next.to, 0));
        window = window > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : window * 2;
        for (int first = parts.size() - TOGETHER; first >= 0 && !apart; first = parts.size() - TOGETHER) {
            // Earlier parts are never of a lower level.
            if (parts.get(first).level != parts.get(parts.size() - 1).level || !loadAsOne(first)) {
                return;
            }
        }
    }

    /** Puts one part in the place of those from this one on; false where the server no longer takes all of it. */
    private boolean loadAsOne(int first) throws SQLException {
        Range all = new Range(parts.get(first).from, parts.get(parts.size() - 1).to);
        int level = parts.get(first).level + 1;
        parts.subList(first, parts.size()).clear();
        goBack();
        int known = bad.cardinality();
        boolean loaded = load(all);
        if (loaded) {
            add(new Part(all.from, all.to, level));
        }
        apart = !loaded && bad.cardinality() == known;
        return loaded;
    }

    private void add(Part part) throws SQLException {
        parts.add(part);
        setSavepoint();
    }

    private boolean load(Range range) throws SQLException {
        try {
            rows.load(range.from, range.to, bad);
            return true;
        } catch (SQLException failure) {
            if (!ServerErrors.isRefusedRow(failure)) {
                throw failure;
            }
            goBack();
            cut(range, failure);
            return false;
        }
    }

    private void cut(Range range, SQLException failure) throws SQLException {
        int good = good(range);
        OptionalInt culprit = good == 1 ? OptionalInt.of(0) : rows.culprit(failure);
        if (culprit.isPresent() && culprit.getAsInt() >= 0 && culprit.getAsInt() < good) {
            int row = nthGood(range.from, culprit.getAsInt());
            bad.set(row);
            rows.reject(row, failure);
            narrow(row + 1 - range.from);
            // The same again without that row: one question to the server less than for what lies before and behind it.
            push(range.from, range.to);
        } else {
            int middle = nthGood(range.from, good / 2);
            narrow(middle - range.from);
            push(middle, range.to);
            push(range.from, middle);
        }
    }

    /** A bad row has come behind so many others. */
    private void narrow(int distance) {
        int wanted = Math.min(distance, Integer.MAX_VALUE / 8) * 4;
        window = Math.max(SMALLEST, window == Integer.MAX_VALUE ? wanted : window / 2 + wanted / 2);
    }

    private int good(Range range) {
        return range.to - range.from - bad.get(range.from, range.to).cardinality();
    }

    private int nthGood(int from, int n) {
        int row = bad.nextClearBit(from);
        for (int i = 0; i < n; i++) {
            row = bad.nextClearBit(row + 1);
        }
        return row;
    }

    private void push(int from, int to) {
        if (from < to) {
            open.push(new Range(from, to));
        }
    }

    /** Behind the parts that there are. */
    private void setSavepoint() throws SQLException {
        session.execute("SAVEPOINT " + savepoint(parts.size()));
    }

    /** To the end of the parts that there are. */
    private void goBack() throws SQLException {
        session.execute("ROLLBACK TO SAVEPOINT " + savepoint(parts.size()));
    }

    private static String savepoint(int number) {
        return "millrace_part_" + number;
    }
}
