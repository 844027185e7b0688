package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.BOOLEAN;
import static io.millrace.api.data.DataType.DATE;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.TIMESTAMP;

import java.time.LocalDate;
import java.time.temporal.IsoFields;

/** Parts of dates and timestamps, the latter in UTC; EXTRACT is the same by another syntax. */
final class CalendarFunctions {
    private CalendarFunctions() {}

    /** A part of a date. */
    private interface PartOfDate {
        long of(LocalDate date);
    }

    static void addTo(FunctionTable table) {
        date(table, "year", LocalDate::getYear);
        date(table, "quarter", date -> (date.getMonthValue() + 2) / 3);
        date(table, "month", LocalDate::getMonthValue);
        date(table, "week", date -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        date(table, "year_of_week", date -> date.get(IsoFields.WEEK_BASED_YEAR));
        date(table, "day", LocalDate::getDayOfMonth);
        date(table, "day_of_month", LocalDate::getDayOfMonth);
        date(table, "day_of_year", LocalDate::getDayOfYear);
        date(table, "day_of_week", date -> date.getDayOfWeek().getValue());
        table.add("is_weekend", BOOLEAN, (a, row, out) -> out.put(weekend(a[0].narrow(row))), DATE);
        table.add("is_weekend", BOOLEAN, (a, row, out) -> out.put(weekend(Moments.day(a[0].whole(row)))), TIMESTAMP);
        time(table, "hour", CalendarUnit.HOUR, 24);
        time(table, "hour_of_day", CalendarUnit.HOUR, 24);
        time(table, "minute", CalendarUnit.MINUTE, 60);
        time(table, "second", CalendarUnit.SECOND, 60);
        time(table, "millisecond", CalendarUnit.MILLISECOND, 1_000);
        time(table, "microsecond", CalendarUnit.MICROSECOND, 1_000_000);
        table.add("last_day", DATE, (a, row, out) -> out.put(lastDay(a[0].narrow(row))), DATE);
        table.add("last_day", DATE, (a, row, out) -> out.put(lastDay(Moments.day(a[0].whole(row)))), TIMESTAMP);
    }

    private static void date(FunctionTable table, String name, PartOfDate part) {
        table.add(name, INT64, (a, row, out) -> out.put(part.of(LocalDate.ofEpochDay(a[0].narrow(row)))), DATE);
        table.add(
                name,
                INT64,
                (a, row, out) -> out.put(part.of(LocalDate.ofEpochDay(Moments.day(a[0].whole(row))))),
                TIMESTAMP);
    }

    private static void time(FunctionTable table, String name, CalendarUnit unit, int wrap) {
        long micros = unit.micros();
        table.add(
                name,
                INT64,
                (a, row, out) -> out.put(Math.floorMod(Math.floorDiv(a[0].whole(row), micros), (long) wrap)),
                TIMESTAMP);
    }

    private static boolean weekend(long day) {
        // 0 is Monday; 1970-01-01 was a Thursday.
        return Math.floorMod(day + 3, 7L) >= 5;
    }

    private static long lastDay(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return day + date.lengthOfMonth() - date.getDayOfMonth();
    }
}
