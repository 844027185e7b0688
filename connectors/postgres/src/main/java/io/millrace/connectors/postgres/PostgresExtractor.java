package io.millrace.connectors.postgres;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a table, a view or a query by COPY in the binary format.
 *
 * <p>A plan holds one session that exports its snapshot, and one more for each reader that is open at a time. What a plan
 * of a table means when the snapshot is gone: {@link VersionBounds}.
 */
final class PostgresExtractor implements Extractor {
    private final PostgresSourceSettings settings;
    private final Server server;
    private final ServerErrors errors;
    private final SpareSession sessions;
    private Relation relation;
    private Reading reading;
    private boolean closed;

    PostgresExtractor(PostgresSourceSettings settings, Server server) {
        this.settings = settings;
        this.server = server;
        this.errors = new ServerErrors(server);
        this.sessions = new SpareSession(server);
    }

    @Override
    public String describe() {
        return server.describe() + " "
                + settings.table()
                        .map(table -> TableName.parse(table).toString())
                        .orElse("query");
    }

    @Override
    public Schema schema() {
        return relation().schema();
    }

    @Override
    public Optional<String> timeColumn() {
        return relation().timeColumn().map(SourceColumn::name);
    }

    @Override
    public List<String> key() {
        Relation read = relation();
        try (Session session = Session.open(server)) {
            session.begin();
            session.applySettings();
            return PrimaryKey.of(session, read);
        } catch (SQLException failure) {
            throw errors.during("Looking for the primary key of " + read.label(), failure);
        }
    }

    @Override
    public boolean incremental() {
        return settings.incremental().isPresent();
    }

    @Override
    public OptionalLong rowCount() {
        Relation counted = relation();
        try (Session session = Session.open(server)) {
            session.begin();
            session.applySettings();
            return OptionalLong.of(session.row("SELECT count(*) FROM " + counted.from(), row -> row.getLong(1)));
        } catch (SQLException failure) {
            throw errors.during("Counting the rows of " + counted.label(), failure);
        }
    }

    @Override
    public synchronized Plan plan(ExtractRequest request) {
        refuseClosed();
        Relation planned = relation();
        Planner planner = new Planner(settings, server, sessions, planned);
        try {
            if (request.pin().isPresent()) {
                Pin pin = Pin.parse(request.pin().get())
                        .orElseThrow(() -> stale("what was planned can be read only once"));
                if (reading == null || !reading.pin().equals(Optional.of(pin))) {
                    readAgain(pin);
                }
                return planner.again(request, pin, reading);
            }
            Planner.Planned made = planner.plan(request);
            replace(made.reading());
            return made.plan();
        } catch (SQLException failure) {
            throw errors.during("Planning " + planned.label(), failure);
        }
    }

    @Override
    public synchronized PinState check(String pin) {
        refuseClosed();
        Optional<Pin> parsed = Pin.parse(pin);
        if (parsed.isEmpty()) {
            return PinState.RESTART;
        }
        try {
            PinCheck pinCheck = new PinCheck(server, sessions, relation(), settings.insertOnly());
            Optional<Reading> exact = pinCheck.resume(parsed.get(), false);
            Optional<Reading> resumed =
                    exact.isPresent() || parsed.get().increment().isEmpty()
                            ? exact
                            : pinCheck.resume(parsed.get(), true);
            resumed.ifPresent(this::replace);
            return exact.isPresent() ? PinState.VALID : resumed.isPresent() ? PinState.SUBSET : PinState.RESTART;
        } catch (SQLException failure) {
            throw errors.during("Looking for changes of " + relation().label(), failure);
        }
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        if (resumePoint.isPresent()) {
            throw new IllegalArgumentException("a PostgreSQL split has no resume points");
        }
        SplitPayload payload = SplitPayload.of(split);
        Relation read = relation();
        try {
            Reading from = reading(payload);
            Session worker;
            try {
                worker = from.pool().acquire();
            } catch (MillraceException failure) {
                if (failure.kind() != ErrorKind.STALE || from.exporter().isEmpty()) {
                    throw failure;
                }
                from = readingAfterLossOf(from);
                worker = from.pool().acquire();
            }
            return open(split.id(), payload, from, worker, rejects);
        } catch (SQLException failure) {
            throw errors.reading("Opening split " + split.id() + " of " + read.label(), failure);
        }
    }

    private BatchReader open(String splitId, SplitPayload split, Reading from, Session worker, Rejects rejects)
            throws SQLException {
        Relation read = relation();
        try {
            if (split.onlyTable().isPresent()
                    && !Reading.sameFile(worker, split.onlyTable().get())) {
                throw stale("table " + split.scan().name() + " has been rewritten since");
            }
            String select = from.select(read).of(split, worker);
            BatchReader rows =
                    new CopyBatchReader(splitId, worker, from.pool(), select, read, split.batchRows(), rejects, errors);
            if (split.seen().isEmpty()) {
                return rows;
            }
            ByOverlap overlap = (ByOverlap) settings.incremental().orElseThrow();
            return new SeenRowsFilter(
                    rows, KeySet.parse(overlap.key(), split.seen().get()), rejects);
        } catch (SQLException | RuntimeException failure) {
            from.pool().discard(worker);
            throw failure;
        }
    }

    /** The snapshot of the plan that the split belongs to: ours, or that of the process that planned. */
    private synchronized Reading reading(SplitPayload split) {
        refuseClosed();
        if (reading == null) {
            reading = Reading.joined(server, relation(), split);
        }
        if (!reading.reads(split)) {
            throw stale("the split belongs to another plan");
        }
        return reading;
    }

    /** Goes on after the session that held the snapshot has died, if the table allows it. */
    private synchronized Reading readingAfterLossOf(Reading lost) throws SQLException {
        if (reading == lost) {
            readAgain(lost.pin().orElseThrow(() -> stale("the snapshot that was read has ended with its session")));
        }
        return reading;
    }

    /** In mid-run: of an increment too exactly what was planned, since claims may rest on rows that were read and lost. */
    private void readAgain(Pin pin) throws SQLException {
        replace(new PinCheck(server, sessions, relation(), settings.insertOnly())
                .resume(pin, false)
                .orElseThrow(() -> stale("the snapshot has ended, and rows were changed since, or may have been")));
    }

    private void replace(Reading next) {
        if (reading != null) {
            reading.close();
        }
        reading = next;
    }

    private synchronized Relation relation() {
        refuseClosed();
        if (relation == null) {
            relation = find();
        }
        return relation;
    }

    private Relation find() {
        Session session = sessions.take();
        try {
            session.begin();
            session.applySettings();
            Relation found = new RelationCatalog(session, settings).find();
            sessions.giveBack(session);
            return found;
        } catch (SQLException failure) {
            session.close();
            throw errors.during(
                    settings.query().isPresent() ? "Looking at the query" : "Looking for " + describe(), failure);
        } catch (RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private void refuseClosed() {
        if (closed) {
            throw new IllegalStateException("this extractor is closed");
        }
    }

    private MillraceException stale(String why) {
        return new MillraceException(
                ErrorKind.STALE, describe() + ": " + why + ". What was planned cannot be read; begin the run anew.");
    }

    @Override
    public synchronized void close() {
        closed = true;
        replace(null);
        sessions.close();
    }
}
