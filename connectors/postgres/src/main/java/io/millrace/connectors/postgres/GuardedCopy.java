package io.millrace.connectors.postgres;

import io.millrace.api.Failpoint;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.postgresql.copy.CopyIn;

/**
 * Sends batches by COPY within a transaction that it may begin anew, and survives rows that the server refuses. What was
 * sent since the last mark is held for that: the mark is the transaction's beginning, and behind every so many bytes a
 * savepoint. One thread.
 */
final class GuardedCopy {
    /** Pieces of usual size need no savepoint, or a few. */
    private static final long HELD_BYTES = 32L << 20;
    /** The server takes a message only when it is whole: small enough that it can work while the next one comes. */
    private static final int MESSAGE_BYTES = 64 << 10;

    /**
     * What is copied into.
     *
     * @param sql the COPY statement
     * @param relation the table's name as the server's messages have it
     */
    record Statement(String sql, String relation) {}

    /** Begins the transaction and brings it to the point where the first COPY may start. */
    interface Beginning {
        void run() throws SQLException;
    }

    private final Session session;
    private final Statement statement;
    private final TupleEncoder encoder;
    private final Beginning beginning;
    private final OptionalLong mark;
    private final CopyBuffer buffer = new CopyBuffer(2 << 20);
    private final HeldRows held = new HeldRows();
    private final Isolation isolation;
    private CopyIn copy;
    private boolean savepoint;
    /** Rows sent before the held ones. */
    private long before;

    private long rejected;

    /** @param mark the number that an encoder which numbers rows puts behind every one; empty: their numbers */
    GuardedCopy(Session session, Statement statement, TupleEncoder encoder, OptionalLong mark, Beginning beginning) {
        this.session = session;
        this.statement = statement;
        this.encoder = encoder;
        this.mark = mark;
        this.beginning = beginning;
        this.isolation = new Isolation(session);
    }

    /** Begins the transaction. */
    void begin() throws SQLException {
        beginning.run();
    }

    /** The number that the next row gets: how many were sent before it, those included that the server refused. */
    long nextNumber() {
        return before + held.count();
    }

    /** How many rows are in the table. */
    long loaded() {
        return nextNumber() - rejected;
    }

    /** Sends the rows that the table can hold; returns them. */
    Batch write(Batch batch, Rejects rejects) throws SQLException {
        buffer.truncate(0);
        Batch good = encode(batch, rejects);
        if (good.rowCount() == 0) {
            return good;
        }
        held.add(good, buffer.size());
        try {
            start();
            send();
            Failpoint.MID_WRITE.reached();
            if (held.bytes() >= HELD_BYTES) {
                end();
            }
        } catch (SQLException failure) {
            isolate(failure, rejects);
        }
        if (held.bytes() >= HELD_BYTES) {
            setMark();
        }
        return good;
    }

    private Batch encode(Batch batch, Rejects rejects) {
        encoder.bind(batch);
        long first = nextNumber();
        int rows = batch.rowCount();
        int[] kept = null;
        int good = 0;
        for (int row = 0; row < rows; row++) {
            if (encoder.encode(row, number(first + good), buffer)) {
                if (kept != null) {
                    kept[good] = row;
                }
                good++;
            } else {
                if (kept == null) {
                    kept = new int[rows];
                    for (int i = 0; i < good; i++) {
                        kept[i] = i;
                    }
                }
                rejects.reject(batch, row, encoder.badColumn(), encoder.badReason());
            }
        }
        return kept == null ? batch : batch.select(Selection.of(kept, good));
    }

    private long number(long row) {
        return mark.orElse(row);
    }

    private void start() throws SQLException {
        if (copy == null) {
            copy = session.copyIn(statement.sql());
            CopyBuffer header = new CopyBuffer(32);
            TupleEncoder.putHeader(header);
            copy.writeToCopy(header.bytes(), 0, header.size());
        }
    }

    private void send() throws SQLException {
        for (int from = 0; from < buffer.size(); from += MESSAGE_BYTES) {
            copy.writeToCopy(buffer.bytes(), from, Math.min(MESSAGE_BYTES, buffer.size() - from));
        }
    }

    /** Ends the COPY under way, so that the server checks what it has not checked yet. */
    private void end() throws SQLException {
        if (copy != null) {
            CopyIn ending = copy;
            CopyBuffer trailer = new CopyBuffer(2);
            TupleEncoder.putEnd(trailer);
            ending.writeToCopy(trailer.bytes(), 0, trailer.size());
            ending.endCopy();
            copy = null;
        }
    }

    /** Sends the rest and waits until the server has taken it. */
    void finish(Rejects rejects) throws SQLException {
        try {
            end();
        } catch (SQLException failure) {
            isolate(failure, rejects);
        }
    }

    private void isolate(SQLException failure, Rejects rejects) throws SQLException {
        copy = null;
        if (!ServerErrors.isRefusedRow(failure)) {
            throw failure;
        }
        rejected += isolation.run(new Held(rejects), this::goBack, failure);
        setMark();
    }

    private void goBack() throws SQLException {
        if (savepoint) {
            session.execute("ROLLBACK TO SAVEPOINT millrace_mark");
        } else {
            session.rollback();
            beginning.run();
        }
    }

    /** From now on only what comes next would have to be sent again. */
    private void setMark() throws SQLException {
        if (savepoint) {
            session.execute("RELEASE SAVEPOINT millrace_mark");
        }
        session.execute("SAVEPOINT millrace_mark");
        savepoint = true;
        before += held.count();
        held.clear();
    }

    /** The server stops waiting for rows; does not throw. */
    void abort() {
        CopyIn open = copy;
        copy = null;
        if (open != null && open.isActive()) {
            try {
                open.cancelCopy();
            } catch (SQLException cancelled) {
                // The server answers a cancelled COPY with an error.
            }
        }
    }

    /** The held rows, for {@link Isolation}. */
    private final class Held implements Isolation.Rows {
        private final Rejects rejects;

        Held(Rejects rejects) {
            this.rejects = rejects;
        }

        @Override
        public int count() {
            return held.count();
        }

        @Override
        public void load(int from, int to, BitSet without) throws SQLException {
            try {
                start();
                for (int row = from; row < to; ) {
                    int position = held.batchOf(row);
                    int start = held.start(position);
                    Batch batch = held.batch(position);
                    int end = Math.min(to, start + batch.rowCount());
                    encoder.bind(batch);
                    buffer.truncate(0);
                    for (; row < end; row++) {
                        if (!without.get(row)) {
                            encoder.encode(row - start, number(before + row), buffer);
                        }
                    }
                    send();
                }
                end();
            } finally {
                copy = null;
            }
        }

        /** COPY's messages count lines from 1, also of the binary format, where the failure has one. */
        @Override
        public OptionalInt culprit(SQLException failure) {
            return ServerErrors.lineOf(failure, statement.relation());
        }

        @Override
        public void reject(int row, SQLException failure) {
            int position = held.batchOf(row);
            Batch batch = held.batch(position);
            rejects.reject(
                    batch,
                    row - held.start(position),
                    ServerErrors.columnOf(failure, batch.schema()),
                    ServerErrors.text(failure));
        }
    }
}
