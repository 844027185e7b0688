package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** Whole numbers of 64 bits: what does not fit fails. */
public final class LongArithmetic extends Kernel {
    private static final String OVERFLOW = "is beyond the range of int64";
    private static final String ZERO = "division by zero";

    private final Operation operation;
    private final Kernel left;
    private final Kernel right;

    /** What it computes. */
    public enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        /** Cuts the fraction off. */
        DIVIDE,
        /** Has the sign of the dividend. */
        REMAINDER
    }

    public LongArithmetic(Operation operation, Kernel left, Kernel right) {
        super(DataType.INT64, List.of(left, right), true);
        this.operation = operation;
        this.left = left;
        this.right = right;
    }

    @Override
    public Column evaluate(Frame frame) {
        LongColumn a = (LongColumn) left.evaluate(frame);
        LongColumn b = (LongColumn) right.evaluate(frame);
        int rows = frame.rows();
        NullBitmap nulls = Nulls.either(a.nulls(), b.nulls(), rows);
        long[] result = new long[rows];
        boolean suspicious =
                switch (operation) {
                    case ADD -> add(a.values(), b.values(), result);
                    case SUBTRACT -> subtract(a.values(), b.values(), result);
                    case MULTIPLY -> multiply(a.values(), b.values(), result);
                    case DIVIDE -> divide(a.values(), b.values(), result);
                    case REMAINDER -> remainder(a.values(), b.values(), result);
                };
        if (suspicious) {
            // Values behind nulls, and rows that do not count, overflow too; so each is looked at.
            for (int row = 0; row < rows; row++) {
                String reason = nulls.isNull(row) ? null : reason(a.get(row), b.get(row));
                if (reason != null) {
                    frame.fail(row, reason);
                }
            }
        }
        return LongColumn.of(DataType.INT64, rows, nulls, result);
    }

    private static boolean add(long[] a, long[] b, long[] result) {
        long overflow = 0;
        for (int i = 0; i < result.length; i++) {
            long sum = a[i] + b[i];
            overflow |= (a[i] ^ sum) & (b[i] ^ sum);
            result[i] = sum;
        }
        return overflow < 0;
    }

    private static boolean subtract(long[] a, long[] b, long[] result) {
        long overflow = 0;
        for (int i = 0; i < result.length; i++) {
            long difference = a[i] - b[i];
            overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
            result[i] = difference;
        }
        return overflow < 0;
    }

    private static boolean multiply(long[] a, long[] b, long[] result) {
        long overflow = 0;
        for (int i = 0; i < result.length; i++) {
            long product = a[i] * b[i];
            overflow |= Math.multiplyHigh(a[i], b[i]) ^ product >> 63;
            result[i] = product;
        }
        return overflow != 0;
    }

    private static boolean divide(long[] a, long[] b, long[] result) {
        boolean bad = false;
        for (int i = 0; i < result.length; i++) {
            if (b[i] == 0 || b[i] == -1 && a[i] == Long.MIN_VALUE) {
                bad = true;
            } else {
                result[i] = a[i] / b[i];
            }
        }
        return bad;
    }

    private static boolean remainder(long[] a, long[] b, long[] result) {
        boolean bad = false;
        for (int i = 0; i < result.length; i++) {
            if (b[i] == 0) {
                bad = true;
            } else {
                result[i] = a[i] % b[i];
            }
        }
        return bad;
    }

    private String reason(long a, long b) {
        return switch (operation) {
            case ADD -> ((a ^ a + b) & (b ^ a + b)) < 0 ? OVERFLOW : null;
            case SUBTRACT -> ((a ^ b) & (a ^ a - b)) < 0 ? OVERFLOW : null;
            case MULTIPLY -> Math.multiplyHigh(a, b) != a * b >> 63 ? OVERFLOW : null;
            case DIVIDE -> b == 0 ? ZERO : b == -1 && a == Long.MIN_VALUE ? OVERFLOW : null;
            case REMAINDER -> b == 0 ? ZERO : null;
        };
    }
}
