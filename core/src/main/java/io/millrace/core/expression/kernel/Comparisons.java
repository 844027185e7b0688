package io.millrace.core.expression.kernel;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import java.util.List;
import java.util.Optional;

/** Finds the kernel that compares two operands of one type. */
public final class Comparisons {
    private Comparisons() {}

    /** Null where an operand is; empty where values of this type have no order. Decimals may differ in precision and scale. */
    public static Optional<Kernel> of(CompareOperation operation, Kernel left, Kernel right) {
        return switch (left.type().kind()) {
            case INT32, DATE -> Optional.of(new LongComparison(
                    operation, Widening.toLong(left, DataType.INT64), Widening.toLong(right, DataType.INT64)));
            case INT64, TIMESTAMP -> Optional.of(new LongComparison(operation, left, right));
            case FLOAT64 -> Optional.of(new DoubleComparison(operation, left, right));
            case DECIMAL -> Optional.of(new DecimalComparison(operation, left, right));
            case STRING, BINARY -> Optional.of(new TextComparison(operation, left, right));
            case BOOLEAN -> Optional.of(RowKernel.strict(
                    DataType.BOOLEAN,
                    List.of(left, right),
                    (arguments, row, out) ->
                            out.put(operation.holds(Boolean.compare(arguments[0].flag(row), arguments[1].flag(row))))));
            case JSON, LIST -> Optional.empty();
        };
    }

    /** As {@link #of}, for operands that become values of one type by themselves; empty where they do not. */
    public static Optional<Kernel> coerced(CompareOperation operation, Kernel left, Kernel right) {
        return pair(left, right).flatMap(pair -> of(operation, pair.get(0), pair.get(1)));
    }

    private static Optional<List<Kernel>> pair(Kernel left, Kernel right) {
        if (left.untyped() && right.untyped()) {
            return Optional.of(
                    List.of(ConstantKernel.of(DataType.BOOLEAN, null), ConstantKernel.of(DataType.BOOLEAN, null)));
        }
        DataType common = Coercions.common(List.of(left, right)).orElse(null);
        if (common == null) {
            return Optional.empty();
        } else if (common.kind() == Kind.DECIMAL && !left.untyped() && !right.untyped()) {
            // Without a common type: it might lack digits that decide.
            DecimalType a = Coercions.asDecimal(left);
            DecimalType b = Coercions.asDecimal(right);
            return Optional.of(List.of(rescaled(left, a, b), rescaled(right, b, a)));
        }
        return Optional.of(List.of(
                Coercions.to(left, common).orElseThrow(),
                Coercions.to(right, common).orElseThrow()));
    }

    /** A decimal, with the scale of the other one where it is a literal that keeps its value there. */
    private static Kernel rescaled(Kernel operand, DecimalType type, DecimalType other) {
        int precision = type.precision() - type.scale() + other.scale();
        boolean simpler = operand.constant().isPresent()
                && type.scale() < other.scale()
                && precision <= DecimalType.MAX_LONG_PRECISION
                && other.fitsLong();
        return Coercions.to(operand, simpler ? DataType.decimal(precision, other.scale()) : type)
                .orElseThrow();
    }

    /** As {@link #coerced}, but null is a value that is equal to itself alone, and the result never null. */
    public static Optional<Kernel> distinct(boolean negated, Kernel left, Kernel right) {
        return coerced(CompareOperation.EQUAL, left, right).map(equal -> new Distinctness(negated, left, right, equal));
    }
}
