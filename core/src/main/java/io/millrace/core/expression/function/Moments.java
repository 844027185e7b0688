package io.millrace.core.expression.function;

import java.time.LocalDate;

/** Arithmetic of days since 1970-01-01 and microseconds since its midnight in UTC; the calendar is the Gregorian one. */
final class Moments {
    static final long MICROS_PER_DAY = 86_400_000_000L;
    /** 1970-01-01 was a Thursday: this Monday came before it. */
    private static final long FIRST_MONDAY = -3;

    private Moments() {}

    static long day(long micros) {
        return Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /** The day on which a unit begins that is not shorter than a day. */
    static long startDay(long day, CalendarUnit unit) {
        if (unit == CalendarUnit.DAY) {
            return day;
        } else if (unit == CalendarUnit.WEEK) {
            return day - Math.floorMod(day - FIRST_MONDAY, 7L);
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        int month = (date.getMonthValue() - 1) / unit.months() * unit.months() + 1;
        return LocalDate.of(date.getYear(), month, 1).toEpochDay();
    }

    /** The instant at which the unit begins; ArithmeticException where that is before all timestamps. */
    static long start(long micros, CalendarUnit unit) {
        return unit.ofDates()
                ? Math.multiplyExact(startDay(day(micros), unit), MICROS_PER_DAY)
                : Math.subtractExact(micros, Math.floorMod(micros, unit.micros()));
    }

    /** Some months later, on the last day of the month where the day does not exist. ArithmeticException beyond int32 years. */
    static long plusMonths(long day, long months) {
        return LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay();
    }

    static long microsPlusMonths(long micros, long months) {
        long moved = plusMonths(day(micros), months);
        return Math.addExact(Math.multiplyExact(moved, MICROS_PER_DAY), Math.floorMod(micros, MICROS_PER_DAY));
    }

    /** How many whole units lie between two instants, negative where the second is the earlier one. */
    static long between(long from, long to, CalendarUnit unit) {
        if (unit.months() == 0) {
            return Math.subtractExact(to, from) / unit.micros();
        }
        LocalDate first = LocalDate.ofEpochDay(day(from));
        LocalDate last = LocalDate.ofEpochDay(day(to));
        long months = (last.getYear() - (long) first.getYear()) * 12 + last.getMonthValue() - first.getMonthValue();
        long firstRest = (first.getDayOfMonth() - 1) * MICROS_PER_DAY + Math.floorMod(from, MICROS_PER_DAY);
        long lastRest = (last.getDayOfMonth() - 1) * MICROS_PER_DAY + Math.floorMod(to, MICROS_PER_DAY);
        if (months > 0 && lastRest < firstRest) {
            months--;
        } else if (months < 0 && lastRest > firstRest) {
            months++;
        }
        return months / unit.months();
    }
}
