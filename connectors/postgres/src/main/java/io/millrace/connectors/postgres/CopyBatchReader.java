package io.millrace.connectors.postgres;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The rows of one COPY, as batches. The copy begins with the first {@link #next}: a server may be silent for long before it
 * answers, and {@link #close} must be able to end that too.
 */
final class CopyBatchReader implements BatchReader {
    /** Wide rows make smaller batches, so that memory stays bounded. */
    private static final long BATCH_BYTES = 32L << 20;

    private final String splitId;
    private final Session session;
    private final WorkerPool pool;
    private final String select;
    private final TupleDecoder decoder;
    private final Relation relation;
    private final int batchRows;
    private final Rejects rejects;
    private final ServerErrors errors;
    private volatile boolean closed;
    private volatile boolean ended;
    private long rowsRead;
    private CopyRows copy;
    private int position;
    /** The number of the batch's first row, of rows in the builder, and their distances from the first. */
    private long base;

    private int kept;
    /** Null while no row between two kept ones was left out. */
    private int[] ordinals;

    CopyBatchReader(
            String splitId,
            Session session,
            WorkerPool pool,
            String select,
            Relation relation,
            int batchRows,
            Rejects rejects,
            ServerErrors errors) {
        this.splitId = splitId;
        this.session = session;
        this.pool = pool;
        this.select = select;
        this.relation = relation;
        this.decoder = new TupleDecoder(
                relation.schema(),
                relation.wanted().stream()
                        .map(column -> column.type().orElseThrow())
                        .toList());
        this.batchRows = batchRows;
        this.rejects = rejects;
        this.errors = errors;
    }

    @Override
    public Batch next() {
        if (ended) {
            return null;
        }
        try {
            return read();
        } catch (SQLException failure) {
            if (closed) {
                throw stopped();
            }
            throw errors.reading("Reading " + relation.label(), failure);
        }
    }

    private Batch read() throws SQLException {
        BatchBuilder builder = decoder.builder();
        base = rowsRead;
        kept = 0;
        ordinals = null;
        long bytes = 0;
        while (kept < batchRows && (bytes < BATCH_BYTES || kept == 0)) {
            if (copy == null || position == copy.to()) {
                if (!receive()) {
                    break;
                }
                bytes += copy.to() - copy.from();
            }
            position = decoder.decode(copy.bytes(), position, copy.to());
            if (decoder.badColumn() >= 0) {
                reject();
            } else {
                if (ordinals != null) {
                    ordinals[kept] = (int) (rowsRead - base);
                }
                kept++;
            }
            rowsRead++;
        }
        if (kept == 0) {
            return null;
        }
        return builder.build(
                ordinals == null ? Origin.of(splitId, base) : Origin.of(splitId, base, Arrays.copyOf(ordinals, kept)));
    }

    /** Gets the next message that holds a row; false behind the last one. */
    private boolean receive() throws SQLException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw stopped();
        }
        boolean first = copy == null;
        if (first) {
            copy = session.copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)");
        }
        do {
            if (!copy.next()) {
                ended = true;
                pool.release(session);
                return false;
            }
            position = first ? TupleDecoder.skipHeader(copy) : copy.from();
            first = false;
            if (position < copy.to() && TupleDecoder.isEnd(copy.bytes(), position)) {
                // The trailer; what follows is the end of the COPY.
                position = copy.to();
            }
        } while (position == copy.to());
        return true;
    }

    /** Takes back the row just decoded. */
    private void reject() {
        decoder.builder().truncate(kept);
        if (kept == 0) {
            base = rowsRead + 1;
        } else if (ordinals == null) {
            ordinals = new int[batchRows];
            Arrays.setAll(ordinals, row -> row);
        }
        String column = relation.wanted().get(decoder.badColumn()).name();
        rejects.reject(splitId, rowsRead, column, decoder.badReason(), decoder.badText());
    }

    private MillraceException stopped() {
        return new MillraceException(ErrorKind.STOPPED, "reading split " + splitId + " was stopped.");
    }

    @Override
    public long rowsRead() {
        return rowsRead;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!ended) {
                pool.discard(session);
            }
        }
    }
}
