package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times that an increment by the time column reads, under one snapshot: from so long before the previous one's end up to
 * the largest time there is. Times in the future wait: one row of the year 2099 must not become the position, behind which
 * all others would be lost.
 *
 * @param begin where rows are read again that may have been there; empty in the first increment
 * @param end the largest time; empty where there is none
 */
record OverlapRange(SourceColumn time, Optional<Instant> begin, Optional<Instant> previousEnd, Optional<Instant> end) {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    static OverlapRange of(
            Session session, Relation relation, ByOverlap overlap, Optional<OverlapPosition> previous, Instant now)
            throws SQLException {
        SourceColumn time = relation.timeColumn()
                .orElseThrow(() -> MillraceException.user("incremental: {overlap: …} needs a time column, and "
                        + relation.label()
                        + " has no created_at of a date or timestamp type; name one by time_column."));
        String column = Sql.identifier(time.name());
        String utc = time.baseType().equals("timestamptz") ? column + " AT TIME ZONE 'UTC'" : column + "::timestamp";
        Optional<Instant> largest = session.row(
                        "SELECT pg_catalog.to_char(max(" + utc + "), '" + Before.ISO + "') FROM " + relation.from()
                                + " WHERE " + between(time, Optional.of(FIRST), Optional.of(behind(now))),
                        row -> Optional.ofNullable(row.getString(1)))
                .map(Instant::parse);
        Optional<Instant> previousEnd = previous.flatMap(OverlapPosition::until);
        Optional<Instant> begin = previousEnd.map(end -> {
            Instant wanted = end.minus(overlap.overlap());
            // Further back the keys are not known, where the overlap was shorter then.
            return previous.get().since().filter(wanted::isBefore).orElse(wanted);
        });
        Optional<Instant> end = previousEnd
                .filter(before -> largest.map(before::isAfter).orElse(true))
                .or(() -> largest);
        return new OverlapRange(time, begin, previousEnd, end);
    }

    /** The rows to be read that may have been there at the previous increment. */
    Optional<String> perhapsSeen() {
        return begin.map(from -> between(time, Optional.of(from), previousEnd.map(OverlapRange::behind)));
    }

    /** The rows to be read that cannot have been. */
    String fresh() {
        return end.map(last -> between(time, previousEnd.map(OverlapRange::behind), Optional.of(behind(last))))
                .orElse("FALSE");
    }

    /** Where keys have to be kept from, for the next increment. */
    Optional<Instant> keptFrom(ByOverlap overlap) {
        return end.map(last -> last.minus(overlap.overlap()))
                // Of rows before it no keys are known from earlier increments.
                .map(from -> begin.filter(from::isBefore).orElse(from));
    }

    /** The rows whose keys the next increment needs. */
    String kept(ByOverlap overlap) {
        return end.map(last -> between(time, keptFrom(overlap), Optional.of(behind(last))))
                .orElse("FALSE");
    }

    /** What waits or never comes. */
    List<String> warnings(Session session, Relation relation, Instant now) throws SQLException {
        long later = count(session, relation, between(time, Optional.of(behind(now)), Optional.empty()));
        long timeless = time.nullable() ? count(session, relation, Sql.identifier(time.name()) + " IS NULL") : 0;
        List<String> warnings = new ArrayList<>();
        if (later > 0) {
            warnings.add(later + " rows of " + relation.label() + " have a " + time.name()
                    + " in the future (a time without zone is taken as UTC) and wait until then");
        }
        if (timeless > 0) {
            warnings.add(timeless + " rows of " + relation.label() + " have no " + time.name()
                    + " and come with no increment");
        }
        return warnings;
    }

    private static long count(Session session, Relation relation, String condition) throws SQLException {
        return session.row("SELECT count(*) FROM " + relation.from() + " WHERE " + condition, row -> row.getLong(1));
    }

    private static String between(SourceColumn time, Optional<Instant> start, Optional<Instant> end) {
        boolean empty = start.isPresent() && end.isPresent() && !start.get().isBefore(end.get());
        return empty ? "FALSE" : WindowFilter.condition(time, new TimeWindow(start, end));
    }

    /** The next instant that the server can tell from this one. */
    private static Instant behind(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    }
}
