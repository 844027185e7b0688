package io.millrace.core.expression.kernel;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which types go together by themselves: whole numbers, decimals and float64, in this direction; dates and timestamps; a
 * literal text that says a date or timestamp, where one is wanted; NULL, anywhere.
 */
public final class Coercions {
    private static final int INT32_DIGITS = 10;
    private static final int INT64_DIGITS = 20;

    private Coercions() {}

    /** The operand as a value of this type, or empty where it does not become one by itself. */
    public static Optional<Kernel> to(Kernel operand, DataType type) {
        if (operand.untyped()) {
            return Optional.of(ConstantKernel.of(type, null));
        } else if (operand.type().equals(type)) {
            return Optional.of(operand);
        }
        Kind from = operand.type().kind();
        boolean numeric = from == Kind.INT32 || from == Kind.INT64 || from == Kind.DECIMAL;
        return switch (type.kind()) {
            case INT64 -> from == Kind.INT32 ? Optional.of(Widening.toLong(operand, type)) : Optional.empty();
            case FLOAT64 -> numeric ? Optional.of(Widening.to(operand, type)) : Optional.empty();
            case DECIMAL -> numeric ? decimal(operand, (DecimalType) type) : Optional.empty();
            case TIMESTAMP -> from == Kind.DATE ? Optional.of(Widening.to(operand, type)) : temporal(operand, type);
            case DATE -> temporal(operand, type);
            case BOOLEAN, INT32, STRING, BINARY, JSON, LIST -> Optional.empty();
        };
    }

    private static Optional<Kernel> decimal(Kernel operand, DecimalType type) {
        DecimalType from = asDecimal(operand);
        if (from.precision() - from.scale() > type.precision() - type.scale()) {
            return Optional.empty();
        }
        if (from.scale() <= type.scale()) {
            return Optional.of(Widening.to(operand, type));
        }
        return Optional.of(ConstantKernel.fold(RowKernel.strict(
                type,
                List.of(operand),
                (arguments, row, out) ->
                        out.put(arguments[0].decimal(row).setScale(type.scale(), RoundingMode.HALF_UP)))));
    }

    private static Optional<Kernel> temporal(Kernel operand, DataType type) {
        return literalText(operand).flatMap(text -> {
            boolean date = type.kind() == Kind.DATE;
            OptionalLong value = DateTimeCells.read(text, date);
            return value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ConstantKernel.of(
                            type,
                            date ? LocalDate.ofEpochDay(value.getAsLong()) : Timestamps.toInstant(value.getAsLong())));
        });
    }

    /** The text of a literal. */
    public static Optional<String> literalText(Kernel operand) {
        return operand.type().kind() == Kind.STRING
                ? operand.constant().filter(one -> !one.isNull(0)).map(one -> ((BytesColumn) one).text(0))
                : Optional.empty();
    }

    /** The decimal that holds a number's values: of a literal only its own digits. */
    public static DecimalType asDecimal(Kernel operand) {
        return switch (operand.type().kind()) {
            case DECIMAL -> (DecimalType) operand.type();
            case INT64 -> operand.constant()
                    .filter(one -> !one.isNull(0))
                    .map(Coercions::digits)
                    .orElse(DataType.decimal(INT64_DIGITS, 0));
            case INT32 -> DataType.decimal(INT32_DIGITS, 0);
            case BOOLEAN, FLOAT64, STRING, BINARY, DATE, TIMESTAMP, JSON, LIST -> throw new IllegalArgumentException(
                    operand.type() + " is no exact number");
        };
    }

    private static DecimalType digits(Column one) {
        return DataType.decimal(BigDecimal.valueOf(((LongColumn) one).get(0)).precision(), 0);
    }

    /** The type that all operands become by themselves; empty where there is none, or where all are NULL. */
    public static Optional<DataType> common(List<Kernel> operands) {
        Kernel common = null;
        for (Kernel operand : operands) {
            if (operand.untyped()) {
                continue;
            }
            if (common == null) {
                common = operand;
                continue;
            }
            Optional<DataType> type = common(common, operand);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            common = type.get().equals(common.type()) ? common : new ColumnKernel(-1, type.get());
        }
        return Optional.ofNullable(common).map(Kernel::type);
    }

    private static Optional<DataType> common(Kernel a, Kernel b) {
        DataType one = a.type();
        DataType other = b.type();
        if (one.equals(other)) {
            return Optional.of(one);
        } else if (isNumber(one) && isNumber(other)) {
            return Optional.of(commonNumber(a, b));
        } else if (isTemporal(one) && isTemporal(other)) {
            return Optional.of(DataType.TIMESTAMP);
        } else if (isTemporal(one)) {
            return literalTemporal(b, one);
        }
        return isTemporal(other) ? literalTemporal(a, other) : Optional.empty();
    }

    private static DataType commonNumber(Kernel a, Kernel b) {
        if (a.type().kind() == Kind.FLOAT64 || b.type().kind() == Kind.FLOAT64) {
            return DataType.FLOAT64;
        } else if (a.type().kind() == Kind.DECIMAL || b.type().kind() == Kind.DECIMAL) {
            return DecimalTypes.common(asDecimal(a), asDecimal(b));
        }
        return DataType.INT64;
    }

    private static Optional<DataType> literalTemporal(Kernel operand, DataType wanted) {
        if (temporal(operand, wanted).isPresent()) {
            return Optional.of(wanted);
        }
        return temporal(operand, DataType.TIMESTAMP).map(Kernel::type);
    }

    public static boolean isNumber(DataType type) {
        return switch (type.kind()) {
            case INT32, INT64, FLOAT64, DECIMAL -> true;
            case BOOLEAN, STRING, BINARY, DATE, TIMESTAMP, JSON, LIST -> false;
        };
    }

    private static boolean isTemporal(DataType type) {
        return type.kind() == Kind.DATE || type.kind() == Kind.TIMESTAMP;
    }
}
