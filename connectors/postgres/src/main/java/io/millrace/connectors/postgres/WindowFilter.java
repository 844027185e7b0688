package io.millrace.connectors.postgres;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A window as a condition on the time column, in a form that an index can serve. A timestamp without zone and a date's
 * midnight are read as UTC. COPY takes no parameters: the bounds are literals made here from instants, never from text.
 */
final class WindowFilter {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private WindowFilter() {}

    static boolean accepts(SourceColumn column) {
        return switch (column.baseType()) {
            case "timestamptz", "timestamp", "date" -> true;
            default -> false;
        };
    }

    /** The condition; "TRUE" for an unbounded window. */
    static String condition(SourceColumn column, TimeWindow window) {
        List<String> terms = new ArrayList<>();
        window.start().ifPresent(start -> terms.add(Sql.identifier(column.name()) + " >= " + literal(column, start)));
        window.end().ifPresent(end -> terms.add(Sql.identifier(column.name()) + " < " + literal(column, end)));
        return terms.isEmpty() ? "TRUE" : String.join(" AND ", terms);
    }

    /** The first value of the column's type that is not before the instant: right for both kinds of bound. */
    private static String literal(SourceColumn column, Instant bound) {
        if (bound.isBefore(FIRST) || bound.isAfter(LAST)) {
            throw MillraceException.user("the window's bound " + bound + " lies outside the years 1 to 9999.");
        }
        Instant micros = ceiling(bound, ChronoUnit.MICROS);
        return switch (column.baseType()) {
            case "timestamptz" -> "TIMESTAMPTZ '" + text(micros) + "+00'";
            case "timestamp" -> "TIMESTAMP '" + text(micros) + "'";
            case "date" -> "DATE '" + LocalDate.ofInstant(ceiling(bound, ChronoUnit.DAYS), ZoneOffset.UTC) + "'";
            default -> throw new IllegalStateException(column + " is no time column");
        };
    }

    private static String text(Instant instant) {
        return MICROS.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    private static Instant ceiling(Instant instant, ChronoUnit unit) {
        Instant cut = instant.truncatedTo(unit);
        return cut.equals(instant) ? cut : cut.plus(1, unit);
    }
}
