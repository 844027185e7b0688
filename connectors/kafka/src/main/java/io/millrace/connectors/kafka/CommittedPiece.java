package io.millrace.connectors.kafka;

import io.millrace.api.DirectWriter;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;

/** The writer of a piece that an earlier attempt has committed: takes everything, and changes nothing. */
final class CommittedPiece implements DirectWriter {
    private final String note;
    private long rows;

    CommittedPiece(String note) {
        this.note = note;
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        rows += batch.rowCount();
    }

    @Override
    public Receipt flush(Rejects rejects) {
        return new Receipt(rows, 0);
    }

    @Override
    public String commit(String ignored) {
        return note;
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
}
