package io.millrace.engines.spark;

import static io.millrace.api.data.DataType.BOOLEAN;
import static io.millrace.api.data.DataType.DATE;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.TIMESTAMP;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.Expression.Call;
import io.millrace.core.expression.Position;
import java.time.Instant;
import java.util.List;

/** Parts of dates and timestamps. */
final class Calendar {
    private Calendar() {}

    /** A part by its name in EXTRACT, or of the function of that name. */
    static Part part(String field, Part moment) {
        return switch (field) {
            case "hour_of_day" -> ofTime("hour", moment);
            case "hour", "minute", "second" -> ofTime(field, moment);
            case "millisecond" -> fraction(moment, " div 1000L");
            case "microsecond" -> fraction(moment, "");
            case "week" -> ofDate("weekofyear(", ")", moment);
            case "day", "day_of_month" -> ofDate("day(", ")", moment);
            case "day_of_week", "dow" -> ofDate("1 + weekday(", ")", moment);
            case "day_of_year", "doy" -> ofDate("dayofyear(", ")", moment);
            case "year_of_week", "yow" -> ofDate("extract(YEAROFWEEK FROM ", ")", moment);
            case "is_weekend" -> Part.safe(BOOLEAN, "(weekday(" + day(moment).sql() + ") >= 5)", List.of(moment));
            case "last_day" -> lastDay(day(moment));
            default -> ofDate(field + "(", ")", moment);
        };
    }

    private static Part ofDate(String before, String after, Part moment) {
        return Part.safe(INT64, Sql.cast(before + moment.sql() + after, INT64), List.of(moment));
    }

    private static Part ofTime(String function, Part moment) {
        Part instant = Coercion.to(moment, TIMESTAMP);
        return Part.safe(INT64, Sql.cast(function + "(" + instant.sql() + ")", INT64), List.of(instant));
    }

    private static Part fraction(Part moment, String rest) {
        Part instant = Coercion.to(moment, TIMESTAMP);
        return Part.safe(INT64, "(pmod(unix_micros(" + instant.sql() + "), 1000000L)" + rest + ")", List.of(instant));
    }

    private static Part day(Part moment) {
        return moment.type().kind() == Kind.TIMESTAMP ? moment.as(DATE, Sql.cast(moment.sql(), DataType.DATE)) : moment;
    }

    private static Part lastDay(Part date) {
        Edges edges = Edges.of(DATE, moment -> Call.of(Position.START, "last_day", List.of(moment)), Instant.EPOCH);
        return edges.within(date, DATE, "last_day(" + date.sql() + ")");
    }
}
