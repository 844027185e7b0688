package io.millrace.connectors.postgres;

import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import io.millrace.api.LoadRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Recount;
import io.millrace.api.RecountRequest;
import io.millrace.api.Staged;
import io.millrace.api.StagingLoader;
import io.millrace.api.StagingWriter;
import io.millrace.api.TimeWindow;
import io.millrace.api.WriteMode;
import io.millrace.api.WriteTask;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Modes overwrite and replace_window: pieces go into a staging table, and one transaction at the end replaces the rows. */
final class PostgresStagingLoader implements StagingLoader {
    private record Prepared(LoadRequest request, Fence fence) {}

    private final LoadTarget target;
    private volatile Prepared prepared;

    PostgresStagingLoader(LoadTarget target) {
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
        if (target.settings().mode() instanceof ReplaceWindow
                && request.window().isEmpty()) {
            throw MillraceException.user("mode replace_window replaces the rows of the run's window, and this run has"
                    + " none; give --start and --end, or use mode overwrite");
        }
        StageTable stage = StageTable.of(request.lineage(), target.table());
        Fence fence = target.prepare(request, session -> {
            stage.create(session);
            return Optional.of(stage.name());
        });
        prepared = new Prepared(request, fence);
        return fence;
    }

    @Override
    public StagingWriter open(WriteTask task, Schema schema) {
        Session session = target.connect();
        try {
            return new StagedPieceWriter(target, session, task, schema);
        } catch (SQLException failure) {
            session.close();
            throw target.errors().writing("Opening the staging table of " + target.table(), failure);
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    @Override
    public CommitResult commit(CommitId id, List<Staged> staged) {
        Prepared run = prepared;
        if (run == null) {
            throw new IllegalStateException("prepare comes before commit");
        }
        long rows = staged.stream().mapToLong(Staged::rows).sum();
        try (Session session = target.connect()) {
            session.beginWriting();
            StateTables state = new StateTables(session);
            // First, so that a commit of the same run that is under way is waited for, and nothing done twice.
            if (!state.record(id, rows)) {
                session.rollback();
                return CommitResult.ALREADY_COMMITTED;
            }
            if (!state.hold(id.lineage(), id.fence())) {
                session.rollback();
                throw TargetFailure.fenced(target.describe(), id.lineage());
            }
            replace(session, run.request(), id, staged, rows);
            Failpoint.MID_COMMIT.reached();
            commit(session);
            return CommitResult.COMMITTED;
        } catch (SQLException failure) {
            throw target.errors().writing("Replacing rows of " + target.table(), failure);
        }
    }

    @Override
    public Recount recount(RecountRequest request) {
        try (Session session = target.connect()) {
            TargetTable table = target.form(session).table();
            session.begin();
            session.applySettings();
            StateTables state = new StateTables(session);
            OptionalLong committed = state.exist() ? state.committed(request.id()) : OptionalLong.empty();
            if (committed.isEmpty()) {
                return new Recount(
                        OptionalLong.of(0),
                        0,
                        "its record in millrace.ledger",
                        List.of("millrace.ledger has no commit of it; it remembers them for ledger_retention"));
            }
            if (!request.newest()) {
                return new Recount(
                        OptionalLong.of(0),
                        committed.getAsLong(),
                        "its record in millrace.ledger; later runs have written to the table since",
                        List.of());
            }
            Optional<String> condition = target.settings().mode() instanceof ReplaceWindow replace
                    ? request.window().map(window -> ReplaceText.condition(table, replace.timeColumn(), window))
                    : Optional.empty();
            long rows = session.row(ReplaceText.count(table, condition), row -> row.getLong(1));
            return Recount.of(
                    rows, condition.isPresent() ? "rows of the table in its window" : "all rows of the table");
        } catch (SQLException failure) {
            throw target.errors().during("Counting the rows of " + target.table(), failure);
        }
    }

    private void replace(Session session, LoadRequest request, CommitId id, List<Staged> staged, long rows)
            throws SQLException {
        TargetTable table = target.form(session).table();
        Optional<String> condition = target.settings().mode() instanceof ReplaceWindow replace
                ? Optional.of(ReplaceText.condition(
                        table, replace.timeColumn(), request.window().orElseThrow()))
                : Optional.empty();
        StageTable stage = StageTable.of(id.lineage(), target.table());
        ReplaceText text = new ReplaceText(table, stage, request.schema(), condition);
        String attempts = StageTable.attempts(staged);
        session.rows(text.lock(), row -> row);
        if (condition.isPresent()) {
            refuseOutside(
                    session.row(text.countOutside(), row -> row.getLong(1), attempts),
                    request.window().orElseThrow());
        }
        session.execute(text.delete());
        long inserted = session.update(text.insert(), attempts);
        if (inserted != rows) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "%s has taken %,d of the %,d rows that were staged: a trigger of it leaves rows out. Nothing was"
                                    + " changed; load such a table by mode append or upsert.",
                            target.table(),
                            inserted,
                            rows));
        }
        stage.remove(session, staged);
    }

    private void refuseOutside(long rows, TimeWindow window) {
        if (rows > 0) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "%,d of the rows for %s lie outside the run's window %s by the column that replace_window names,"
                                    + " or have no time there; the next run would not replace them. Nothing was changed. Let"
                                    + " time_column of the source and of replace_window name the same time.",
                            rows,
                            target.table(),
                            window));
        }
    }

    private void commit(Session session) {
        try {
            session.execute("COMMIT");
        } catch (SQLException failure) {
            throw target.errors().committing("Replacing rows of " + target.table(), failure);
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
    public void cleanup(Lineage lineage, Collection<Staged> live) {
        Failpoint.DURING_CLEANUP.reached();
        Prepared run = prepared;
        StageTable stage = StageTable.of(lineage, target.table());
        try (Session session = target.connect()) {
            session.beginWriting();
            if (!stage.exists(session)) {
                return;
            }
            if (run != null
                    && lineage.equals(run.request().lineage())
                    && !new StateTables(session).hold(lineage, run.fence())) {
                throw TargetFailure.fenced(target.describe(), lineage);
            }
            stage.removeAllBut(session, live);
            session.execute("COMMIT");
        } catch (SQLException failure) {
            throw target.errors().writing("Cleaning up " + stage.quoted(), failure);
        }
    }

    @Override
    public void close() {
        prepared = null;
    }
}
