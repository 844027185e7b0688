package io.millrace.connectors.postgres;

import io.millrace.api.ExtractRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Plans increments of a table by transaction ids, see {@link Position}, after it has made sure that these tell what is new. */
final class IncrementPlanner {
    private static final long MOST_TRANSACTIONS = 1L << 31;
    private static final Set<String> NO_SUCH_FUNCTION = Set.of("42883", "0A000");

    private final PostgresSourceSettings settings;
    private final Server server;
    private final Relation relation;

    IncrementPlanner(PostgresSourceSettings settings, Server server, Relation relation) {
        this.settings = settings;
        this.server = server;
        this.relation = relation;
    }

    Planner.Planned plan(ExtractRequest request) throws SQLException {
        if (!relation.versioned()) {
            throw refused(
                    "its rows have no versions that this role may read: a view, a foreign table, or a table of which"
                            + " only columns are granted");
        }
        if (settings.maxDelay().isPresent() && relation.timeColumn().isEmpty()) {
            throw MillraceException.user("max_delay needs a time column, and " + relation.label()
                    + " has no created_at of a date or timestamp type; name one by time_column.");
        }
        Before before = Before.of(server, relation);
        ExportedSnapshot exporter = export();
        try {
            return plan(request, before, exporter);
        } catch (SQLException | RuntimeException failure) {
            exporter.close();
            throw failure;
        }
    }

    private ExportedSnapshot export() throws SQLException {
        try {
            return ExportedSnapshot.open(server, relation.lockable());
        } catch (SQLException failure) {
            if (NO_SUCH_FUNCTION.contains(ServerErrors.state(failure))) {
                throw refused("this server cannot export snapshots (" + failure.getMessage() + ")");
            }
            throw failure;
        }
    }

    private Planner.Planned plan(ExtractRequest request, Before before, ExportedSnapshot exporter) throws SQLException {
        Session session = exporter.session();
        Horizon horizon = exporter.horizon();
        Identity identity = Identity.of(session);
        List<Storage> storages = storages(session);
        List<String> warnings = new ArrayList<>();
        Optional<Position> previous = request.position().map(this::position);
        if (previous.isPresent()) {
            check(previous.get(), identity, storages, warnings);
            if (horizon.xmin() < previous.get().horizon().xmin()) {
                warnings.add(
                        "this server is behind the one that the previous increment was read from; there is nothing to"
                                + " take yet");
                return nothing(exporter, request.position().get(), warnings);
            }
            checkDistance(previous.get(), horizon, storages);
        }
        Optional<OldestWriter> writer = OldestWriter.of(session, horizon, identity);
        writer.ifPresent(oldest -> warnings.add(oldest.warning(horizon, before.instant())));
        String condition = condition(previous);
        Pin pin = new Pin(
                identity,
                relation.oid(),
                relation.schema().toString(),
                horizon,
                before.clock(),
                TablePlanner.filenodes(storages),
                before.changes(),
                scans(session, storages, previous, horizon),
                Optional.of(condition));
        Position next = new Position(
                identity.system(),
                identity.timeline(),
                identity.database(),
                relation.oid(),
                horizon,
                marks(session, previous, storages, horizon),
                writtenAfter(previous, writer, horizon, before));
        Plan plan = new Plan(
                TableSplits.increment(pin, exporter.name(), request.batchRows()),
                Repeatability.BOUNDED_REPEATABLE,
                pin.text(),
                Optional.of(next.text()),
                warnings);
        return new Planner.Planned(plan, Reading.of(server, relation, exporter, horizon, true, Optional.of(pin)));
    }

    private List<Storage> storages(Session session) throws SQLException {
        List<Storage> storages = StorageCatalog.storages(session, relation.oid());
        for (Storage storage : storages) {
            if (storage.isForeign()) {
                throw refused("its partition " + storage.name() + " is a foreign table, whose rows have no versions");
            }
            if (!storage.readable()) {
                throw refused("this role may not read " + storage.name()
                        + " by its own name, or row policies guard it; grant SELECT on every partition");
            }
        }
        return storages;
    }

    private Position position(String text) {
        return Position.parse(text)
                .orElseThrow(() -> notHere("the previous increment was taken by another kind of incremental"));
    }

    private void check(Position previous, Identity identity, List<Storage> storages, List<String> warnings) {
        if (!previous.system().equals(identity.system()) || previous.database() != identity.database()) {
            throw notHere("the previous increment came from another server or database (a restored dump and a logical"
                    + " replica are others too)");
        }
        if (previous.relation() != relation.oid()) {
            throw notHere(
                    "the previous increment came from another table of this name, which has been dropped or renamed");
        }
        for (Storage storage : storages) {
            Position.Mark mark = previous.marks().get(storage.oid());
            if (mark != null && mark.filenode() != storage.filenode()) {
                throw notHere(
                        storage.name() + " has been written anew since the previous increment (TRUNCATE, VACUUM FULL,"
                                + " CLUSTER or an ALTER TABLE that rewrites)");
            }
        }
        if (previous.timeline() != identity.timeline()) {
            warnings.add("the server has been promoted since the previous increment (timeline " + previous.timeline()
                    + ", now " + identity.timeline()
                    + "): what an asynchronous standby had not received is lost, and its"
                    + " transaction ids may have been given to other rows, which increments then miss; --full takes all"
                    + " rows");
        }
    }

    private void checkDistance(Position previous, Horizon horizon, List<Storage> storages) {
        for (Storage storage : storages) {
            Position.Mark mark = previous.marks().get(storage.oid());
            if (mark != null && horizon.xmax() - mark.taken() >= MOST_TRANSACTIONS) {
                throw notHere((horizon.xmax() - mark.taken())
                        + " transactions have begun since the previous increment of " + storage.name()
                        + ", and ids that lie 2^31 or more apart cannot be told older from newer");
            }
        }
    }

    /** Tables of which nothing can be new are left out. */
    private List<Scan> scans(Session session, List<Storage> storages, Optional<Position> previous, Horizon horizon)
            throws SQLException {
        TablePlanner planner = new TablePlanner(session, relation, new SplitSize(settings.splitRows()));
        return planner.scans(storages, "TRUE").stream()
                .map(scan ->
                        scan.since(previous.map(position -> position.marks().get(scan.oid()))
                                .map(Position.Mark::taken)
                                .orElse(0L)))
                .filter(scan -> scan.from() < horizon.xmin())
                .toList();
    }

    private static Map<Long, Position.Mark> marks(
            Session session, Optional<Position> previous, List<Storage> storages, Horizon horizon) throws SQLException {
        Map<Long, Position.Mark> marks = new TreeMap<>();
        if (previous.isPresent()) {
            marks.putAll(previous.get().marks());
            marks.keySet().retainAll(StorageCatalog.existing(session, marks.keySet()));
        }
        storages.forEach(storage -> marks.put(storage.oid(), new Position.Mark(storage.filenode(), horizon.xmin())));
        return marks;
    }

    /** When the first transaction from the horizon on can have begun to write. */
    private static Optional<Instant> writtenAfter(
            Optional<Position> previous, Optional<OldestWriter> writer, Horizon horizon, Before before) {
        if (horizon.isClosed()) {
            return Optional.of(before.instant());
        }
        return writer.flatMap(OldestWriter::began).or(() -> previous.flatMap(Position::writtenAfter));
    }

    private String condition(Optional<Position> previous) {
        Optional<Instant> lower = settings.maxDelay()
                .flatMap(delay -> previous.flatMap(Position::writtenAfter).map(after -> after.minus(delay)));
        if (lower.isEmpty()) {
            return "TRUE";
        }
        SourceColumn time = relation.timeColumn().orElseThrow();
        String later = WindowFilter.condition(time, new TimeWindow(lower, Optional.empty()));
        return time.nullable() ? "(" + later + " OR " + Sql.identifier(time.name()) + " IS NULL)" : later;
    }

    private Planner.Planned nothing(ExportedSnapshot exporter, String position, List<String> warnings) {
        Plan plan = new Plan(
                Collections.<Split>emptyIterator(),
                Repeatability.BOUNDED_REPEATABLE,
                Pin.ONCE,
                Optional.of(position),
                warnings);
        return new Planner.Planned(
                plan, Reading.of(server, relation, exporter, exporter.horizon(), true, Optional.empty()));
    }

    private MillraceException refused(String why) {
        return MillraceException.user("incremental: snapshot cannot read " + relation.label() + ": " + why
                + ". Use incremental: {overlap: …, key: […]}, or runs with --start and --end.");
    }

    private MillraceException notHere(String why) {
        return MillraceException.user("increments of " + relation.label() + " cannot go on: " + why
                + ". Begin them anew, with all rows, by run --full.");
    }
}
