package io.millrace.connectors.postgres;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Loads all rows that the server takes, after a statement with all of them has failed.
 *
 * <p>Everything since a mark is taken back; then the rows are loaded in parts, each under a savepoint, and a part that
 * fails is taken back and cut at the row that the server names, or in halves. A part that stays costs the server the id
 * of a subtransaction, of which it keeps only 64 for a session at hand. So when some parts have come together, everything
 * since the mark is taken back once more, and what has turned out to be good is loaded as one part.
 */
final class Isolation {
    private static final int MOST_PARTS = 32;

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

    private final Session session;
    private final Rows rows;
    private final Mark mark;
    private final BitSet bad = new BitSet();
    private final Deque<Range> open = new ArrayDeque<>();
    private int parts;

    private Isolation(Session session, Rows rows, Mark mark) {
        this.session = session;
        this.rows = rows;
        this.mark = mark;
    }

    /** Loads the good rows and rejects the others; returns how many those are. */
    static int run(Session session, Rows rows, Mark mark) throws SQLException {
        Isolation isolation = new Isolation(session, rows, mark);
        isolation.run();
        return isolation.bad.cardinality();
    }

    private void run() throws SQLException {
        mark.goBack();
        open.push(new Range(0, rows.count()));
        while (!open.isEmpty()) {
            Range next = open.pop();
            if (parts == MOST_PARTS) {
                mark.goBack();
                parts = 0;
                open.push(next);
                next = new Range(0, next.from);
            }
            load(next);
        }
    }

    private void load(Range range) throws SQLException {
        int good = range.to - range.from - bad.get(range.from, range.to).cardinality();
        if (good == 0) {
            return;
        }
        session.execute("SAVEPOINT millrace_part");
        try {
            rows.load(range.from, range.to, bad);
            session.execute("RELEASE SAVEPOINT millrace_part");
            parts++;
        } catch (SQLException failure) {
            if (!ServerErrors.isRefusedRow(failure)) {
                throw failure;
            }
            session.execute("ROLLBACK TO SAVEPOINT millrace_part");
            session.execute("RELEASE SAVEPOINT millrace_part");
            cut(range, good, failure);
        }
    }

    private void cut(Range range, int good, SQLException failure) throws SQLException {
        OptionalInt culprit = good == 1 ? OptionalInt.of(0) : rows.culprit(failure);
        if (culprit.isPresent() && culprit.getAsInt() >= 0 && culprit.getAsInt() < good) {
            int row = nthGood(range.from, culprit.getAsInt());
            bad.set(row);
            rows.reject(row, failure);
            push(row + 1, range.to);
            push(range.from, row);
        } else {
            int middle = nthGood(range.from, good / 2);
            push(middle, range.to);
            push(range.from, middle);
        }
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
}
