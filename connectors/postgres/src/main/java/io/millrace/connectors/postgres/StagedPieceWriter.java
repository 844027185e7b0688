package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Staged;
import io.millrace.api.StagingWriter;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.UUID;

/** Copies one piece into the staging table, in one transaction. One thread. */
final class StagedPieceWriter implements StagingWriter {
    private final LoadTarget target;
    private final Session session;
    private final WriteTask task;
    private final GuardedCopy copy;
    /** Tells the rows of this attempt from all others that have been or will be. */
    private final long attempt = UUID.randomUUID().getMostSignificantBits() >>> 1;

    /** The server may name a bad row only at the end. */
    private Rejects lastRejects;

    private boolean ended;

    StagedPieceWriter(LoadTarget target, Session session, WriteTask task, Schema schema) throws SQLException {
        this.target = target;
        this.session = session;
        this.task = task;
        this.copy = new GuardedCopy(
                session,
                StageTable.of(task.lineage(), target.table()).copy(schema.names()),
                target.form(session).encoder(schema, true),
                OptionalLong.of(attempt),
                session::beginWriting);
        copy.begin();
        if (!new StateTables(session).isHeld(task.lineage(), task.fence())) {
            throw TargetFailure.fenced(target.describe(), task.lineage());
        }
    }

    @Override
    public void write(Batch batch, Rejects rejects) {
        refuseEnded();
        lastRejects = rejects;
        try {
            copy.write(batch, rejects);
        } catch (SQLException failure) {
            throw failed("Staging rows for " + target.table(), failure);
        }
    }

    @Override
    public Staged stage() {
        refuseEnded();
        try {
            copy.finish(lastRejects);
            if (!new StateTables(session).hold(task.lineage(), task.fence())) {
                abort();
                throw TargetFailure.fenced(target.describe(), task.lineage());
            }
            session.execute("COMMIT");
            ended = true;
            session.close();
            return StageTable.staged(attempt, copy.loaded());
        } catch (SQLException failure) {
            throw failed("Staging piece " + task.piece() + " of " + target.table(), failure);
        }
    }

    /** Also where the answer to the commit was lost: another attempt stages the rows again, and nobody names these. */
    private MillraceException failed(String attempted, SQLException failure) {
        ended = true;
        session.close();
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

    @Override
    public void close() {
        abort();
    }
}
