package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.DATE;
import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.TIMESTAMP;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.Output;
import io.millrace.core.expression.kernel.RowKernel;
import io.millrace.core.expression.kernel.ZoneShift;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Cutting, moving and counting of time, and numbers that stand for it. */
final class TimeFunctions {
    private static final String BEYOND = "is beyond the range of timestamp";

    private TimeFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("run_start", TimeFunctions::runStart);
        table.add("date_trunc", TimeFunctions::truncate);
        table.add("date_add", TimeFunctions::add);
        table.add("date_diff", TimeFunctions::difference);
        table.add("from_utc_timestamp", (arguments, runStart) -> shift("from_utc_timestamp", arguments, true));
        table.add("to_utc_timestamp", (arguments, runStart) -> shift("to_utc_timestamp", arguments, false));
        epoch(table, "seconds", 1_000_000);
        epoch(table, "millis", 1_000);
        epoch(table, "micros", 1);
    }

    private static void epoch(FunctionTable table, String unit, long micros) {
        table.add("epoch_" + unit, INT64, (a, row, out) -> out.put(Math.floorDiv(a[0].whole(row), micros)), TIMESTAMP);
        table.add(
                "from_epoch_" + unit,
                TIMESTAMP,
                (a, row, out) -> {
                    long value = a[0].whole(row);
                    if (Math.multiplyHigh(value, micros) != value * micros >> 63) {
                        out.fail(BEYOND);
                    } else {
                        out.put(value * micros);
                    }
                },
                INT64);
    }

    private static Kernel runStart(List<Kernel> arguments, Instant runStart) {
        Arguments.count("run_start", arguments, 0, 0, "()");
        return ConstantKernel.of(TIMESTAMP, runStart);
    }

    /** The argument as a date or timestamp. */
    private static Kernel moment(String name, List<Kernel> arguments, int index, String wanted) {
        Kernel argument = arguments.get(index);
        return argument.type().kind() == Kind.DATE && !argument.untyped()
                ? argument
                : Arguments.as(name, arguments, index, TIMESTAMP, wanted);
    }

    private static CalendarUnit unit(String name, List<Kernel> arguments, DataType type) {
        CalendarUnit unit = CalendarUnit.of(name, Arguments.literal(name, arguments, 0, "the unit"));
        if (type.kind() == Kind.DATE && !unit.ofDates()) {
            throw MillraceException.user(name + ": a date has no " + unit.name().toLowerCase(java.util.Locale.ROOT)
                    + "; CAST(… AS timestamp) first");
        }
        return unit;
    }

    private static Kernel truncate(List<Kernel> arguments, Instant runStart) {
        String wanted = "(unit, date) or (unit, timestamp)";
        Arguments.count("date_trunc", arguments, 2, 2, wanted);
        Kernel moment = moment("date_trunc", arguments, 1, wanted);
        CalendarUnit unit = unit("date_trunc", arguments, moment.type());
        return ConstantKernel.fold(RowKernel.strict(
                moment.type(),
                List.of(moment),
                moment.type().kind() == Kind.DATE
                        ? (a, row, out) -> out.put(Moments.startDay(a[0].narrow(row), unit))
                        : (a, row, out) -> start(a[0].whole(row), unit, out)));
    }

    private static void start(long micros, CalendarUnit unit, Output out) {
        try {
            out.put(Moments.start(micros, unit));
        } catch (ArithmeticException beyond) {
            out.fail(BEYOND);
        }
    }

    private static Kernel add(List<Kernel> arguments, Instant runStart) {
        String wanted = "(unit, int64, date) or (unit, int64, timestamp)";
        Arguments.count("date_add", arguments, 3, 3, wanted);
        Kernel amount = Arguments.as("date_add", arguments, 1, INT64, wanted);
        Kernel moment = moment("date_add", arguments, 2, wanted);
        CalendarUnit unit = unit("date_add", arguments, moment.type());
        return ConstantKernel.fold(RowKernel.strict(moment.type(), List.of(amount, moment), (a, row, out) -> {
            try {
                long count = a[0].whole(row);
                long days = unit == CalendarUnit.WEEK ? Math.multiplyExact(count, 7L) : count;
                if (moment.type().kind() == Kind.DATE) {
                    long day = a[1].narrow(row);
                    out.put(
                            unit.months() > 0
                                    ? Moments.plusMonths(day, Math.multiplyExact(count, (long) unit.months()))
                                    : Math.addExact(day, days));
                } else if (unit.months() > 0) {
                    out.put(Moments.microsPlusMonths(a[1].whole(row), Math.multiplyExact(count, (long) unit.months())));
                } else {
                    out.put(Math.addExact(a[1].whole(row), Math.multiplyExact(count, unit.micros())));
                }
            } catch (ArithmeticException | DateTimeException beyond) {
                out.fail("is beyond the range of " + moment.type());
            }
        }));
    }

    private static Kernel difference(List<Kernel> arguments, Instant runStart) {
        String wanted = "(unit, from, to), both date or timestamp";
        Arguments.count("date_diff", arguments, 3, 3, wanted);
        DataType type = moment("date_diff", arguments, 1, wanted).type().kind() == Kind.DATE
                        && moment("date_diff", arguments, 2, wanted).type().kind() == Kind.DATE
                ? DATE
                : TIMESTAMP;
        CalendarUnit unit = unit("date_diff", arguments, type);
        List<Kernel> instants = List.of(
                Arguments.as("date_diff", arguments, 1, TIMESTAMP, wanted),
                Arguments.as("date_diff", arguments, 2, TIMESTAMP, wanted));
        return ConstantKernel.fold(RowKernel.strict(INT64, instants, (a, row, out) -> {
            try {
                out.put(Moments.between(a[0].whole(row), a[1].whole(row), unit));
            } catch (ArithmeticException beyond) {
                out.fail("is beyond the range of int64");
            }
        }));
    }

    private static Kernel shift(String name, List<Kernel> arguments, boolean toZone) {
        String wanted = "(timestamp, zone)";
        Arguments.count(name, arguments, 2, 2, wanted);
        Kernel instant = Arguments.as(name, arguments, 0, TIMESTAMP, wanted);
        String zone = Arguments.literal(name, arguments, 1, "the zone");
        try {
            return ConstantKernel.fold(
                    toZone ? ZoneShift.toZone(instant, ZoneId.of(zone)) : ZoneShift.fromZone(instant, ZoneId.of(zone)));
        } catch (DateTimeException unknown) {
            throw MillraceException.user(name + ": there is no time zone '" + zone + "'"
                    + Suggestion.didYouMean(zone, ZoneId.getAvailableZoneIds()));
        }
    }
}
