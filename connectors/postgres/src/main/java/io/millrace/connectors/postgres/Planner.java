package io.millrace.connectors.postgres;

import io.millrace.api.ExtractRequest;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Makes plans of one relation. */
final class Planner {
    private final PostgresSourceSettings settings;
    private final Server server;
    private final SpareSession sessions;
    private final Relation relation;

    /** A plan and the snapshot that it lives on. */
    record Planned(Plan plan, Reading reading) {}

    Planner(PostgresSourceSettings settings, Server server, SpareSession sessions, Relation relation) {
        this.settings = settings;
        this.server = server;
        this.sessions = sessions;
        this.relation = relation;
    }

    /** Plans under a new snapshot. */
    Planned plan(ExtractRequest request) throws SQLException {
        boolean increment = request.window().isEmpty() && settings.incremental().isPresent();
        if (increment && settings.incremental().get() instanceof BySnapshot) {
            return new IncrementPlanner(settings, server, sessions, relation).plan(request);
        }
        Optional<OverlapPlanner> overlap = increment
                ? settings.incremental().map(kind -> new OverlapPlanner(server, relation, (ByOverlap) kind))
                : Optional.empty();
        Optional<OverlapPosition> previous = overlap.flatMap(planner -> planner.previous(request));
        Session session = sessions.take();
        try {
            Before before = Before.of(session, relation);
            ExportedSnapshot exporter = ExportedSnapshot.open(session, relation.lockable());
            List<String> warnings = warnings(session, request);
            if (overlap.isPresent()) {
                return overlap(overlap.get(), previous, before, exporter, warnings, request.batchRows());
            }
            return all(exporter, before, condition(request), warnings, request.batchRows());
        } catch (SQLException | RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private Planned overlap(
            OverlapPlanner overlap,
            Optional<OverlapPosition> previous,
            Before before,
            ExportedSnapshot exporter,
            List<String> warnings,
            int batchRows)
            throws SQLException {
        OverlapRange range = overlap.range(exporter.session(), previous, before);
        Planned planned = previous.isPresent()
                ? once(
                        exporter,
                        range.fresh(),
                        range.perhapsSeen(),
                        previous.map(OverlapPosition::seen),
                        warnings,
                        batchRows)
                : all(exporter, before, range.fresh(), warnings, batchRows);
        return overlap.finish(planned, range, range.warnings(exporter.session(), relation, before.instant()));
    }

    private Planned all(
            ExportedSnapshot exporter, Before before, String condition, List<String> warnings, int batchRows)
            throws SQLException {
        List<Storage> storages =
                relation.versioned() ? StorageCatalog.storages(exporter.session(), relation.oid()) : List.of();
        boolean foreign = storages.stream().anyMatch(Storage::isForeign);
        return relation.versioned() && !foreign
                ? table(exporter, before, storages, condition, warnings, batchRows)
                : once(exporter, condition, Optional.empty(), Optional.empty(), warnings, batchRows);
    }

    /** The same plan, for what is left of it. */
    Plan again(ExtractRequest request, Pin pin, Reading reading) {
        String exported = reading.exporter().orElseThrow().name();
        if (pin.increment().isPresent()) {
            Iterator<Split> splits = TableSplits.increment(pin, exported, request.batchRows());
            return new Plan(splits, Repeatability.BOUNDED_REPEATABLE, pin.text(), Optional.empty(), List.of());
        }
        return tablePlan(pin, exported, condition(request), List.of(), request.batchRows());
    }

    private Planned table(
            ExportedSnapshot exporter,
            Before before,
            List<Storage> storages,
            String condition,
            List<String> warnings,
            int batchRows)
            throws SQLException {
        Pin pin = new Pin(
                Identity.of(exporter.session()),
                relation.oid(),
                relation.schema().toString(),
                exporter.horizon(),
                before.clock(),
                TablePlanner.filenodes(storages),
                before.changes(),
                new TablePlanner(exporter.session(), relation, new SplitSize(settings.splitRows()))
                        .scans(storages, condition),
                Optional.empty());
        Reading reading = Reading.of(server, relation, exporter, exporter.horizon(), true, Optional.of(pin));
        return new Planned(tablePlan(pin, exporter.name(), condition, warnings, batchRows), reading);
    }

    private Plan tablePlan(Pin pin, String exported, String condition, List<String> warnings, int batchRows) {
        Iterator<Split> splits = TableSplits.all(pin, condition, exported, batchRows);
        return new Plan(splits, Repeatability.REPEATABLE, pin.text(), Optional.empty(), warnings);
    }

    /**
     * @param perhapsSeen a condition for rows beside those of the first one, of which some are left out
     * @param seen the keys of those to be left out
     */
    private Planned once(
            ExportedSnapshot exporter,
            String condition,
            Optional<String> perhapsSeen,
            Optional<String> seen,
            List<String> warnings,
            int batchRows)
            throws SQLException {
        Estimate estimate = Estimate.of(
                exporter.session(),
                "SELECT " + relation.selectList() + " FROM " + relation.from() + " WHERE " + condition);
        List<String> ranges = List.of("TRUE");
        if (settings.splitBy().isPresent()) {
            SourceColumn key = relation.require(settings.splitBy().get(), "split_by");
            KeyRanges.check(key, relation.label());
            long wanted = new SplitSize(settings.splitRows()).splits(estimate.rows(), estimate.rows());
            ranges = KeyRanges.conditions(exporter.session(), relation.from(), key, wanted);
        }
        List<Split> splits = new ArrayList<>();
        perhapsSeen.ifPresent(again ->
                splits.add(relationPayload(exporter, again, seen, batchRows).split("overlap", -1, -1)));
        for (String range : ranges) {
            String both =
                    condition.equals("TRUE") ? range : range.equals("TRUE") ? condition : condition + " AND " + range;
            SplitPayload payload = relationPayload(exporter, both, Optional.empty(), batchRows);
            splits.add(payload.split(
                    String.format("%06d", splits.size()),
                    estimate.rows() / ranges.size(),
                    estimate.bytes() / ranges.size()));
        }
        Plan plan = new Plan(splits.iterator(), Repeatability.ONCE, Pin.ONCE, Optional.empty(), warnings);
        return new Planned(plan, Reading.of(server, relation, exporter, exporter.horizon(), true, Optional.empty()));
    }

    private static SplitPayload relationPayload(
            ExportedSnapshot exporter, String condition, Optional<String> seen, int batchRows) {
        return new SplitPayload(
                SplitPayload.Part.RELATION,
                condition,
                List.of(),
                0,
                0,
                exporter.horizon(),
                seen,
                exporter.name(),
                batchRows);
    }

    private String condition(ExtractRequest request) {
        return request.window()
                .map(window -> WindowFilter.condition(requiredTimeColumn(), window))
                .orElse("TRUE");
    }

    private SourceColumn requiredTimeColumn() {
        return relation.timeColumn()
                .orElseThrow(
                        () -> MillraceException.user("--start and --end need a time column, and " + relation.label()
                                + " has no created_at of a date or timestamp type; name one by time_column."));
    }

    private List<String> warnings(Session session, ExtractRequest request) throws SQLException {
        List<String> warnings = new ArrayList<>();
        if (settings.splitBy().isPresent() && relation.versioned()) {
            warnings.add("split_by is not needed for " + relation.label() + ": tables are split by their blocks.");
        }
        if (request.window().isPresent() && requiredTimeColumn().nullable()) {
            String time = requiredTimeColumn().name();
            long timeless = session.row(
                    "SELECT count(*) FROM " + relation.from() + " WHERE " + Sql.identifier(time) + " IS NULL",
                    row -> row.getLong(1));
            if (timeless > 0) {
                warnings.add(timeless + " rows of " + relation.label() + " have no " + time
                        + " and lie in no window; a run without --start and --end reads them.");
            }
        }
        return warnings;
    }
}
