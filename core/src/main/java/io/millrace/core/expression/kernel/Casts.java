package io.millrace.core.expression.kernel;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Timestamps;
import io.millrace.api.text.ShortestFloat;
import io.millrace.api.text.Utf8;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Finds the kernel of CAST: a number loses its fraction where the type has none, and what does not fit fails. */
public final class Casts {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Casts() {}

    /** Empty where values of the operand's type never become ones of the other. */
    public static Optional<Kernel> of(Kernel operand, DataType type, boolean lenient) {
        Optional<Kernel> widened = Coercions.to(operand, type);
        // TRY_CAST of a date may have no timestamp to widen to, and is null then.
        if (widened.isPresent() && !(lenient && operand.type().kind() == Kind.DATE && !operand.untyped())) {
            return widened;
        }
        return conversion(operand.type(), type)
                .map(conversion -> RowKernel.strict(type, List.of(operand), (arguments, row, out) -> {
                    String reason = conversion.convert(arguments[0], row, out);
                    if (reason != null && lenient) {
                        out.none();
                    } else if (reason != null) {
                        out.fail(reason);
                    }
                }));
    }

    private static Optional<Conversion> conversion(DataType from, DataType to) {
        return switch (from.kind()) {
            case STRING -> TextCasts.to(to);
            case INT32, INT64 -> fromWhole(from.kind() == Kind.INT32, to);
            case FLOAT64 -> fromFloat(to);
            case DECIMAL -> fromDecimal(to);
            case BOOLEAN -> fromBoolean(to);
            case DATE -> fromDate(to);
            case TIMESTAMP -> fromTimestamp(to);
            case BINARY -> fromBinary(to);
            case JSON -> text(to, Argument::text);
            case LIST -> Optional.empty();
        };
    }

    private static Optional<Conversion> text(DataType to, TextOf value) {
        return to.kind() == Kind.STRING
                ? Optional.of((a, row, out) -> {
                    out.put(value.of(a, row));
                    return null;
                })
                : Optional.empty();
    }

    private static Optional<Conversion> fromWhole(boolean narrow, DataType to) {
        return switch (to.kind()) {
            case INT32 -> Optional.of((a, row, out) -> whole(a.whole(row), out));
            case DECIMAL -> Optional.of(
                    (a, row, out) -> fitted(BigDecimal.valueOf(narrow ? a.narrow(row) : a.whole(row)), out));
            case BOOLEAN -> Optional.of((a, row, out) -> {
                long value = narrow ? a.narrow(row) : a.whole(row);
                if (value != 0 && value != 1) {
                    return "is not 0 or 1 (boolean)";
                }
                out.put(value == 1);
                return null;
            });
            case STRING -> text(to, (a, row) -> Long.toString(narrow ? a.narrow(row) : a.whole(row)));
            case INT64, FLOAT64, BINARY, DATE, TIMESTAMP, JSON, LIST -> Optional.empty();
        };
    }

    private static Optional<Conversion> fromFloat(DataType to) {
        return switch (to.kind()) {
            case INT32, INT64 -> Optional.of((a, row, out) -> {
                double value = a.real(row);
                // False for NaN.
                return value >= -0x1p63 && value < 0x1p63 ? whole((long) value, out) : beyond(to);
            });
            case DECIMAL -> Optional.of((a, row, out) -> {
                double value = a.real(row);
                return Double.isNaN(value) || Double.isInfinite(value)
                        ? "has no counterpart in " + to
                        : fitted(new BigDecimal(ShortestFloat.text(value)), out);
            });
            case STRING -> text(to, (a, row) -> ShortestFloat.text(a.real(row)));
            case BOOLEAN, FLOAT64, BINARY, DATE, TIMESTAMP, JSON, LIST -> Optional.empty();
        };
    }

    private static Optional<Conversion> fromDecimal(DataType to) {
        return switch (to.kind()) {
            case INT32, INT64 -> Optional.of((a, row, out) -> {
                BigDecimal value = a.decimal(row).setScale(0, RoundingMode.DOWN);
                return value.precision() > 19 || value.unscaledValue().bitLength() >= Long.SIZE
                        ? beyond(to)
                        : whole(value.longValueExact(), out);
            });
            case DECIMAL -> Optional.of((a, row, out) -> fitted(a.decimal(row), out));
            case STRING -> text(to, (a, row) -> a.decimal(row).toPlainString());
            case BOOLEAN, FLOAT64, BINARY, DATE, TIMESTAMP, JSON, LIST -> Optional.empty();
        };
    }

    private static Optional<Conversion> fromBoolean(DataType to) {
        return switch (to.kind()) {
            case INT32, INT64 -> Optional.of((a, row, out) -> whole(a.flag(row) ? 1 : 0, out));
            case STRING -> text(to, (a, row) -> Boolean.toString(a.flag(row)));
            case BOOLEAN, FLOAT64, DECIMAL, BINARY, DATE, TIMESTAMP, JSON, LIST -> Optional.empty();
        };
    }

    private static Optional<Conversion> fromDate(DataType to) {
        return switch (to.kind()) {
            case DATE -> Optional.of((a, row, out) -> whole(a.narrow(row), out));
            case TIMESTAMP -> Optional.of((a, row, out) -> {
                long day = a.narrow(row);
                return Math.abs(day) > Long.MAX_VALUE / MICROS_PER_DAY ? beyond(to) : whole(day * MICROS_PER_DAY, out);
            });
            case STRING -> text(
                    to, (a, row) -> LocalDate.ofEpochDay(a.narrow(row)).toString());
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, BINARY, JSON, LIST -> Optional.empty();
        };
    }

    private static Optional<Conversion> fromTimestamp(DataType to) {
        return to.kind() == Kind.DATE
                ? Optional.of((a, row, out) -> whole(Math.floorDiv(a.whole(row), MICROS_PER_DAY), out))
                : text(to, (a, row) -> Timestamps.toText(a.whole(row)));
    }

    private static Optional<Conversion> fromBinary(DataType to) {
        return to.kind() == Kind.STRING
                ? Optional.of((a, row, out) -> {
                    if (Utf8.firstBad(a.bytes(), a.from(row), a.to(row)) >= 0) {
                        return "is not valid UTF-8";
                    }
                    out.put(a.bytes(), a.from(row), a.to(row));
                    return null;
                })
                : Optional.empty();
    }

    static String whole(long value, Output out) {
        if (out.type().kind() == Kind.INT32 && value != (int) value) {
            return beyond(out.type());
        }
        out.put(value);
        return null;
    }

    /** Rounds half up to the type's digits after the point. */
    static String fitted(BigDecimal value, Output out) {
        DecimalType type = (DecimalType) out.type();
        // Before setScale: 1e999999999 would fill the memory with zeros.
        long whole = (long) value.precision() - value.scale();
        if (value.signum() != 0 && whole > type.precision() - type.scale()) {
            return "does not fit " + type;
        }
        BigDecimal rounded =
                whole < -type.scale() - 1L ? BigDecimal.ZERO : value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision()) {
            return "does not fit " + type;
        }
        out.put(rounded);
        return null;
    }

    static String beyond(DataType type) {
        return "is beyond the range of " + type;
    }

    /** Hands a converted value over and returns null, or returns why there is none. */
    interface Conversion {
        String convert(Argument argument, int row, Output out);
    }

    /** The text of a value. */
    private interface TextOf {
        String of(Argument argument, int row);
    }
}
