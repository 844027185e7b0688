package io.millrace.core.expression.kernel;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.text.ShortestFloat;
import io.millrace.core.expression.kernel.LongArithmetic.Operation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Finds the kernels that compute with numbers, by the types of the operands. */
public final class Numbers {
    /** What becomes of the digits that go. */
    public enum Rounding {
        /** Half goes away from zero. */
        HALF_UP(RoundingMode.HALF_UP),
        FLOOR(RoundingMode.FLOOR),
        CEILING(RoundingMode.CEILING);

        private final RoundingMode mode;

        Rounding(RoundingMode mode) {
            this.mode = mode;
        }
    }

    private Numbers() {}

    /** A kernel of int64, float64 or decimal; empty where an operand is no number. Whole numbers divide to float64. */
    public static Optional<Kernel> arithmetic(Operation operation, Kernel left, Kernel right) {
        Kernel a = left.untyped() ? ConstantKernel.of(numberType(right), null) : left;
        Kernel b = right.untyped() ? ConstantKernel.of(numberType(left), null) : right;
        if (!Coercions.isNumber(a.type()) || !Coercions.isNumber(b.type())) {
            return Optional.empty();
        }
        if (a.type().kind() == Kind.FLOAT64 || b.type().kind() == Kind.FLOAT64) {
            return Optional.of(new DoubleArithmetic(operation, as(a, DataType.FLOAT64), as(b, DataType.FLOAT64)));
        } else if (a.type().kind() == Kind.DECIMAL || b.type().kind() == Kind.DECIMAL) {
            return Optional.of(
                    DecimalArithmetic.of(operation, as(a, Coercions.asDecimal(a)), as(b, Coercions.asDecimal(b))));
        } else if (operation == Operation.DIVIDE) {
            return Optional.of(new DoubleArithmetic(operation, as(a, DataType.FLOAT64), as(b, DataType.FLOAT64)));
        }
        return Optional.of(new LongArithmetic(operation, as(a, DataType.INT64), as(b, DataType.INT64)));
    }

    private static DataType numberType(Kernel other) {
        return other.untyped() || !Coercions.isNumber(other.type()) ? DataType.INT64 : other.type();
    }

    /** The whole part of a quotient of whole numbers; empty where the operands are others. */
    public static Optional<Kernel> wholeQuotient(Kernel left, Kernel right) {
        Optional<Kernel> a = Coercions.to(left, DataType.INT64);
        Optional<Kernel> b = Coercions.to(right, DataType.INT64);
        return a.isPresent() && b.isPresent()
                ? Optional.of(new LongArithmetic(Operation.DIVIDE, a.get(), b.get()))
                : Optional.empty();
    }

    /** The opposite number; empty where the operand is none. */
    public static Optional<Kernel> negated(Kernel operand) {
        if (operand.untyped() || !Coercions.isNumber(operand.type())) {
            return Optional.empty();
        }
        return Optional.of(
                switch (operand.type().kind()) {
                    case FLOAT64 -> RowKernel.strict(
                            DataType.FLOAT64, List.of(operand), (a, row, out) -> out.put(-a[0].real(row)));
                    case DECIMAL -> RowKernel.strict(
                            operand.type(),
                            List.of(operand),
                            (a, row, out) -> out.put(a[0].decimal(row).negate()));
                    default -> new LongArithmetic(
                            Operation.SUBTRACT, ConstantKernel.of(DataType.INT64, 0L), as(operand, DataType.INT64));
                });
    }

    /** The number with so many digits after the point; empty where the operand is no number. */
    public static Optional<Kernel> rounded(Rounding rounding, Kernel operand, int digits) {
        if (operand.untyped() || !Coercions.isNumber(operand.type())) {
            return Optional.empty();
        }
        return switch (operand.type().kind()) {
            case FLOAT64 -> Optional.of(RowKernel.strict(
                    DataType.FLOAT64,
                    List.of(operand),
                    (a, row, out) -> out.put(round(a[0].real(row), digits, rounding))));
            case DECIMAL -> Optional.of(rounded(operand, digits, rounding));
            default -> Coercions.to(operand, DataType.INT64);
        };
    }

    private static double round(double value, int digits, Rounding rounding) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        } else if (rounding != Rounding.HALF_UP) {
            return rounding == Rounding.FLOOR ? Math.floor(value) : Math.ceil(value);
        }
        // By its shortest digits: 2.675 is meant to be 2.675, though the float64 is a little less.
        return new BigDecimal(ShortestFloat.text(value))
                .setScale(digits, rounding.mode)
                .doubleValue();
    }

    private static Kernel rounded(Kernel operand, int digits, Rounding rounding) {
        DecimalType from = (DecimalType) operand.type();
        if (digits >= from.scale()) {
            return operand;
        }
        int whole = from.precision() - from.scale() + 1;
        DecimalType type = DataType.decimal(Math.min(DecimalType.MAX_PRECISION, whole + digits), digits);
        return RowKernel.strict(
                type,
                List.of(operand),
                (a, row, out) -> out.put(a[0].decimal(row).setScale(digits, rounding.mode)));
    }

    private static Kernel as(Kernel operand, DataType type) {
        return Coercions.to(operand, type)
                .orElseThrow(() -> new IllegalStateException(operand.type() + " is no " + type));
    }
}
