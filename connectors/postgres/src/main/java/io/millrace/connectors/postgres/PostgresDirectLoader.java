package io.millrace.connectors.postgres;

import io.millrace.api.DirectLoader;
import io.millrace.api.DirectWriter;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.Receipt;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Modes append and upsert: each piece is a transaction of its own, with its record in millrace.ledger. */
final class PostgresDirectLoader implements DirectLoader {
    private final LoadTarget target;
    /** Answers questions of the coordinator; the writers have their own. */
    private Session questions;

    PostgresDirectLoader(LoadTarget target) {
        this.target = target;
    }

    @Override
    public String describe() {
        return target.describe();
    }

    @Override
    public WriteMode mode() {
        return target.settings().mode().writeMode();
    }

    @Override
    public void validate(Schema schema) {
        target.validate(schema);
    }

    @Override
    public Fence prepare(LoadRequest request) {
        return target.prepare(request, session -> Optional.empty());
    }

    @Override
    public synchronized Optional<String> find(WriteTask task) {
        try {
            if (questions == null) {
                questions = target.connect();
            }
            questions.beginWriting();
            StateTables state = new StateTables(questions);
            // Recording it waits for an attempt whose commit is under way, as no reading would.
            boolean unknown = state.record(task, new Receipt(0, 0), "");
            Optional<String> note = unknown ? Optional.empty() : state.note(task);
            questions.execute("ROLLBACK");
            return note;
        } catch (SQLException failure) {
            close();
            throw target.errors().writing("Looking for piece " + task.piece() + " in millrace.ledger", failure);
        }
    }

    @Override
    public OptionalLong lastCommitted(Lineage lineage) {
        try (Session session = target.connect()) {
            session.begin();
            session.applySettings();
            StateTables state = new StateTables(session);
            return state.exist() ? state.lastSequence(lineage) : OptionalLong.empty();
        } catch (SQLException failure) {
            throw target.errors().writing("Looking for commits in millrace.ledger", failure);
        }
    }

    @Override
    public DirectWriter open(WriteTask task, Schema schema) {
        Session session = target.connect();
        try {
            return new PieceWriter(target, session, task, schema);
        } catch (SQLException failure) {
            session.close();
            throw target.errors().writing("Opening " + target.table() + " for piece " + task.piece(), failure);
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    @Override
    public synchronized void close() {
        if (questions != null) {
            questions.close();
            questions = null;
        }
    }
}
