package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.core.expression.kernel.LongArithmetic.Operation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Exact decimals, rounded half up where the result's type has fewer digits; on longs as long as 18 digits are enough. */
public final class DecimalArithmetic extends Kernel {
    private final Operation operation;
    private final Kernel left;
    private final Kernel right;
    private final long leftFactor;
    private final long rightFactor;

    private DecimalArithmetic(Operation operation, DecimalType type, Kernel left, Kernel right) {
        super(type, List.of(left, right), false);
        this.operation = operation;
        this.left = left;
        this.right = right;
        this.leftFactor = factor(type, left);
        this.rightFactor = factor(type, right);
    }

    /** The kernel for two decimals; its result's type follows {@link DecimalTypes}. */
    public static Kernel of(Operation operation, Kernel left, Kernel right) {
        DecimalType a = (DecimalType) left.type();
        DecimalType b = (DecimalType) right.type();
        DecimalType type = DecimalTypes.result(operation, a, b);
        boolean narrow = a.fitsLong() && b.fitsLong() && type.fitsLong();
        return switch (operation) {
            case ADD, SUBTRACT, MULTIPLY -> narrow
                    ? new DecimalArithmetic(operation, type, left, right)
                    : wide(operation, type, left, right);
            case DIVIDE, REMAINDER -> wide(operation, type, left, right);
        };
    }

    private static long factor(DecimalType type, Kernel operand) {
        long factor = 1;
        for (int scale = ((DecimalType) operand.type()).scale(); scale < type.scale(); scale++) {
            factor *= 10;
        }
        return factor;
    }

    @Override
    public Column evaluate(Frame frame) {
        DecimalColumn a = (DecimalColumn) left.evaluate(frame);
        DecimalColumn b = (DecimalColumn) right.evaluate(frame);
        int rows = frame.rows();
        long[] result = new long[rows];
        compute(a.low(), b.low(), result);
        // The type was chosen so that every result fits.
        return DecimalColumn.of((DecimalType) type(), rows, Nulls.either(a.nulls(), b.nulls(), rows), result, null);
    }

    private void compute(long[] a, long[] b, long[] result) {
        switch (operation) {
            case ADD -> add(a, leftFactor, b, rightFactor, result);
            case SUBTRACT -> add(a, leftFactor, b, -rightFactor, result);
            case MULTIPLY -> multiply(a, b, result);
            case DIVIDE, REMAINDER -> throw new IllegalStateException(operation + " is computed with 128 bits");
        }
    }

    private static void add(long[] a, long leftFactor, long[] b, long rightFactor, long[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] * leftFactor + b[i] * rightFactor;
        }
    }

    private static void multiply(long[] a, long[] b, long[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] * b[i];
        }
    }

    private static Kernel wide(Operation operation, DecimalType type, Kernel left, Kernel right) {
        return RowKernel.strict(type, List.of(left, right), (arguments, row, out) -> {
            BigDecimal a = arguments[0].decimal(row);
            BigDecimal b = arguments[1].decimal(row);
            switch (operation) {
                case ADD -> out.put(rounded(a.add(b), type));
                case SUBTRACT -> out.put(rounded(a.subtract(b), type));
                case MULTIPLY -> out.put(rounded(a.multiply(b), type));
                case DIVIDE, REMAINDER -> {
                    if (b.signum() == 0) {
                        out.fail("division by zero");
                    } else {
                        out.put(
                                operation == Operation.DIVIDE
                                        ? a.divide(b, type.scale(), RoundingMode.HALF_UP)
                                        : rounded(a.remainder(b), type));
                    }
                }
            }
        });
    }

    private static BigDecimal rounded(BigDecimal value, DecimalType type) {
        return value.scale() > type.scale() ? value.setScale(type.scale(), RoundingMode.HALF_UP) : value;
    }
}
