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
    private static final Set<String> NO_SUCH_FUNCTION = Set.of("42883", "0A000");

    private final PostgresSourceSettings settings;
    private final Server server;
    private final SpareSession sessions;
    private final Relation relation;
    private final IncrementChecks checks;

    IncrementPlanner(PostgresSourceSettings settings, Server server, SpareSession sessions, Relation relation) {
        this.settings = settings;
        this.server = server;
        this.sessions = sessions;
        this.relation = relation;
        this.checks = new IncrementChecks(relation);
    }

    Planner.Planned plan(ExtractRequest request) throws SQLException {
        if (!relation.versioned()) {
            throw checks.refused(
                    "its rows have no versions that this role may read: a view, a foreign table, or a table of which"
                            + " only columns are granted");
        }
        if (settings.maxDelay().isPresent() && relation.timeColumn().isEmpty()) {
            throw MillraceException.user("max_delay needs a time column, and " + relation.label()
                    + " has no created_at of a date or timestamp type; name one by time_column.");
        }
        Session session = sessions.take();
        try {
            Before before = Before.of(session, relation);
            return plan(request, before, export(session));
        } catch (SQLException | RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private ExportedSnapshot export(Session session) throws SQLException {
        try {
            return ExportedSnapshot.open(session, relation.lockable());
        } catch (SQLException failure) {
            if (NO_SUCH_FUNCTION.contains(ServerErrors.state(failure))) {
                throw checks.refused("this server cannot export snapshots (" + failure.getMessage() + ")");
            }
            throw failure;
        }
    }

    private Planner.Planned plan(ExtractRequest request, Before before, ExportedSnapshot exporter) throws SQLException {
        Session session = exporter.session();
        Horizon horizon = exporter.horizon();
        Identity identity = Identity.of(session);
        List<Storage> storages = checks.storages(session);
        List<String> warnings = new ArrayList<>();
        Optional<Position> previous = request.position().map(checks::position);
        if (previous.isPresent()) {
            checks.sameRows(previous.get(), identity, storages, warnings);
            if (horizon.xmin() < previous.get().horizon().xmin()) {
                warnings.add(
                        "this server is behind the one that the previous increment was read from; there is nothing to"
                                + " take yet");
                return nothing(exporter, request.position().get(), warnings);
            }
            checks.distance(previous.get(), horizon, storages);
        }
        OldestWriter.of(session, horizon, identity)
                .ifPresent(oldest -> warnings.add(oldest.warning(horizon, before.instant())));
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
                // What held for the previous position holds for this one, which lies behind it.
                before.writingSince().or(() -> previous.flatMap(Position::writtenAfter)));
        Plan plan = new Plan(
                TableSplits.increment(pin, exporter.name(), request.batchRows()),
                Repeatability.BOUNDED_REPEATABLE,
                pin.text(),
                Optional.of(next.text()),
                warnings);
        return new Planner.Planned(plan, Reading.of(server, relation, exporter, horizon, true, Optional.of(pin)));
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
}
