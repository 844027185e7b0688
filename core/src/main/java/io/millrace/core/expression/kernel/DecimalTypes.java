package io.millrace.core.expression.kernel;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.core.expression.kernel.LongArithmetic.Operation;

/**
 * The types of decimal results, by Spark's rules as they are by default: where 38 digits are too few, digits after the point go
 * first, down to six.
 */
public final class DecimalTypes {
    private static final int MAX = DecimalType.MAX_PRECISION;
    private static final int MIN_SCALE = 6;

    private DecimalTypes() {}

    /** The type of a computation with two decimals. */
    static DecimalType result(Operation operation, DecimalType a, DecimalType b) {
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int scale = Math.max(a.scale(), b.scale());
        return switch (operation) {
            case ADD, SUBTRACT -> adjusted(whole + scale + 1, scale);
            case MULTIPLY -> adjusted(a.precision() + b.precision() + 1, a.scale() + b.scale());
            case DIVIDE -> {
                int quotientScale = Math.max(MIN_SCALE, a.scale() + b.precision() + 1);
                yield adjusted(a.precision() - a.scale() + b.scale() + quotientScale, quotientScale);
            }
            case REMAINDER -> adjusted(Math.min(a.precision() - a.scale(), b.precision() - b.scale()) + scale, scale);
        };
    }

    private static DecimalType adjusted(int precision, int scale) {
        if (precision <= MAX) {
            return DataType.decimal(Math.max(1, precision), scale);
        }
        int kept = Math.max(MAX - (precision - scale), Math.min(scale, MIN_SCALE));
        return DataType.decimal(MAX, kept);
    }

    /** The type that holds the values of both, as far as 38 digits go: whole digits first. */
    static DecimalType common(DecimalType a, DecimalType b) {
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        int scale = Math.max(a.scale(), b.scale());
        int kept = Math.min(scale, MAX - whole);
        return DataType.decimal(Math.max(1, whole + kept), kept);
    }
}
