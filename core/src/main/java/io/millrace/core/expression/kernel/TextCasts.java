package io.millrace.core.expression.kernel;

import io.millrace.api.data.DataType;
import io.millrace.api.text.IsoDateTime;
import io.millrace.api.text.NumberText;
import io.millrace.api.text.WholeNumberText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** What text says, by the rules of the step clean. */
final class TextCasts {
    private TextCasts() {}

    static Optional<Casts.Conversion> to(DataType type) {
        return switch (type.kind()) {
            case INT32, INT64 -> Optional.of(whole());
            case FLOAT64 -> Optional.of(real());
            case DECIMAL -> Optional.of(decimal());
            case BOOLEAN -> Optional.of(TextCasts::bool);
            case DATE, TIMESTAMP -> Optional.of(temporal(type.kind() == DataType.Kind.DATE));
            case BINARY -> Optional.of((a, row, out) -> {
                out.put(a.bytes(), a.from(row), a.to(row));
                return null;
            });
            case STRING, JSON, LIST -> Optional.empty();
        };
    }

    private static Casts.Conversion whole() {
        WholeNumberText number = new WholeNumberText();
        return (a, row, out) -> switch (number.read(a.bytes(), a.from(row), a.to(row))) {
            case READ -> Casts.whole(number.value(), out);
            case NOT_A_NUMBER -> "is not a number (" + out.type() + ")";
            case NOT_WHOLE -> "is not a whole number (" + out.type() + ")";
            case OVERFLOW -> Casts.beyond(out.type());
        };
    }

    private static Casts.Conversion real() {
        NumberText number = new NumberText();
        return (a, row, out) -> {
            double value;
            if (number.read(a.bytes(), a.from(row), a.to(row))) {
                value = Double.parseDouble(a.text(row));
                if (Double.isInfinite(value)) {
                    return Casts.beyond(out.type());
                }
            } else {
                switch (a.to(row) - a.from(row) > 9 ? "" : a.text(row).toLowerCase(Locale.ROOT)) {
                    case "nan" -> value = Double.NaN;
                    case "infinity", "+infinity" -> value = Double.POSITIVE_INFINITY;
                    case "-infinity" -> value = Double.NEGATIVE_INFINITY;
                    default -> {
                        return "is not a number (float64)";
                    }
                }
            }
            out.put(value);
            return null;
        };
    }

    private static Casts.Conversion decimal() {
        NumberText number = new NumberText();
        return (a, row, out) -> {
            if (!number.read(a.bytes(), a.from(row), a.to(row))) {
                return "is not a number (" + out.type() + ")";
            }
            try {
                return Casts.fitted(
                        number.complete()
                                ? BigDecimal.valueOf(
                                        number.negative() ? -number.digits() : number.digits(), -number.exponent())
                                : new BigDecimal(a.text(row)),
                        out);
            } catch (NumberFormatException beyondExponents) {
                return number.digits() == 0 || number.exponent() < 0
                        ? Casts.fitted(BigDecimal.ZERO, out)
                        : "does not fit " + out.type();
            }
        };
    }

    private static String bool(Argument a, int row, Output out) {
        switch (a.to(row) - a.from(row) > 5 ? "" : a.text(row).toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> out.put(true);
            case "false", "0", "no" -> out.put(false);
            default -> {
                return "is not true, 1, yes, false, 0 or no";
            }
        }
        return null;
    }

    private static Casts.Conversion temporal(boolean date) {
        IsoDateTime iso = new IsoDateTime();
        return (a, row, out) -> {
            if (!iso.read(a.bytes(), a.from(row), a.to(row)) || date && iso.hasTime()) {
                return "is not a " + out.type() + " in ISO-8601";
            }
            out.put(date ? iso.epochDay() : DateTimeCells.micros(iso));
            return null;
        };
    }
}
