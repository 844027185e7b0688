package io.millrace.connectors.postgres;

import io.millrace.api.DirectWriter;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.Receipt;
import io.millrace.api.Rejects;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes and commits one piece in one transaction. One thread. */
final class PieceWriter implements DirectWriter {
    /**
     * Behind the last row only the commit is to come. Should we vanish there, the server must not keep the record of the
     * piece in doubt for longer than those who look for it wait.
     */
    private static final String HURRY =
            "SELECT pg_catalog.set_config('idle_in_transaction_session_timeout', '20s', true)";

    private final LoadTarget target;
    private final Session session;
    private final WriteTask task;
    private final GuardedCopy copy;
    private final Optional<UpsertMerge> merge;
    private Receipt receipt;
    private boolean ended;

    PieceWriter(LoadTarget target, Session session, WriteTask task, Schema schema) throws SQLException {
        this.target = target;
        this.session = session;
        this.task = task;
        LoadTarget.Form form = target.form(session);
        if (target.settings().mode() instanceof Upsert upsert) {
            UpsertText text = new UpsertText(upsert, target.table(), schema);
            this.merge = Optional.of(new UpsertMerge(session, text));
            this.copy = new GuardedCopy(
                    session,
                    new GuardedCopy.Statement(
                            "COPY " + UpsertText.COPIED + " FROM STDIN (FORMAT binary)", UpsertText.COPIED),
                    form.encoder(schema, true),
                    OptionalLong.empty(),
                    () -> {
                        session.beginWriting();
                        session.execute(text.createCopied());
                    });
        } else {
            this.merge = Optional.empty();
            this.copy = new GuardedCopy(
                    session,
                    new GuardedCopy.Statement(
                            "COPY " + target.table().quoted() + " (" + Sql.identifiers(schema.names())
                                    + ") FROM STDIN (FORMAT binary)",
                            target.table().name()),
                    form.encoder(schema, false),
                    OptionalLong.empty(),
                    session::beginWriting);
        }
        copy.begin();
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        refuseEnded();
        long first = copy.nextNumber();
        try {
            Batch copied = copy.write(batch, rejects);
            merge.ifPresent(upsert -> upsert.copied(first, copied));
        } catch (SQLException failure) {
            throw failed("Writing to " + target.table(), failure);
        }
    }

    @Override
    public Receipt flush(Rejects rejects) {
        refuseEnded();
        try {
            copy.finish(rejects);
            long loaded = copy.loaded();
            long deduplicated = 0;
            if (merge.isPresent()) {
                loaded = merge.get().run(copy.loaded(), rejects);
                deduplicated = merge.get().deduplicated();
            }
            session.rows(HURRY, row -> row);
            receipt = new Receipt(loaded, deduplicated);
            return receipt;
        } catch (SQLException failure) {
            throw failed("Writing to " + target.table(), failure);
        }
    }

    @Override
    public String commit(String note) {
        refuseEnded();
        if (receipt == null) {
            throw new IllegalStateException("flush comes before commit");
        }
        Optional<String> earlier;
        try {
            earlier = recordOrFind(note);
        } catch (SQLException failure) {
            throw failed("Committing piece " + task.piece() + " of " + target.table(), failure);
        }
        if (earlier.isPresent()) {
            abort();
            return earlier.get();
        }
        Failpoint.MID_COMMIT.reached();
        try {
            session.execute("COMMIT");
        } catch (SQLException failure) {
            abandon();
            throw target.errors().committing("Committing piece " + task.piece() + " of " + target.table(), failure);
        }
        ended = true;
        session.close();
        return note;
    }

    /** Records the piece as the last thing before the commit; the note of an earlier attempt where there is one. */
    private Optional<String> recordOrFind(String note) throws SQLException {
        StateTables state = new StateTables(session);
        if (!state.hold(task.lineage(), task.fence())) {
            abort();
            throw TargetFailure.fenced(target.describe(), task.lineage());
        }
        if (state.record(task, receipt, note)) {
            return Optional.empty();
        }
        return Optional.of(state.note(task)
                .orElseThrow(() -> new IllegalStateException("the record of " + task.piece() + " has vanished")));
    }

    private MillraceException failed(String attempted, SQLException failure) {
        abandon();
        return target.errors().writing(attempted, failure);
    }

    private void refuseEnded() {
        if (ended) {
            throw new IllegalStateException("this writer has ended");
        }
    }

    @Override
    public void abort() {
        if (!ended) {
            ended = true;
            copy.abort();
            session.rollback();
            session.close();
        }
    }

    /** Leaves it to the server to take back what there is. */
    private void abandon() {
        ended = true;
        session.close();
    }

    @Override
    public void close() {
        abort();
    }
}
