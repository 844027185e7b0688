package io.millrace.core.expression.function;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A unit in which dates and times are cut, moved and counted. */
enum CalendarUnit {
    YEAR,
    QUARTER,
    MONTH,
    WEEK,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    MILLISECOND,
    MICROSECOND;

    static CalendarUnit of(String function, String name) {
        List<String> names = Arrays.stream(values())
                .map(unit -> unit.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = names.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw MillraceException.user(function + ": there is no unit '" + name + "'"
                    + Suggestion.didYouMean(name, names) + "; the units are " + String.join(", ", names));
        }
        return values()[index];
    }

    /** True for what a date has. */
    boolean ofDates() {
        return compareTo(DAY) <= 0;
    }

    /** How many microseconds it lasts; months and longer units vary and have none. */
    long micros() {
        return switch (this) {
            case WEEK -> 7 * 86_400_000_000L;
            case DAY -> 86_400_000_000L;
            case HOUR -> 3_600_000_000L;
            case MINUTE -> 60_000_000L;
            case SECOND -> 1_000_000L;
            case MILLISECOND -> 1_000L;
            case MICROSECOND -> 1L;
            case YEAR, QUARTER, MONTH -> throw new IllegalStateException(this + " varies");
        };
    }

    /** How many months it lasts, or 0. */
    int months() {
        return switch (this) {
            case YEAR -> 12;
            case QUARTER -> 3;
            case MONTH -> 1;
            case WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> 0;
        };
    }
}
