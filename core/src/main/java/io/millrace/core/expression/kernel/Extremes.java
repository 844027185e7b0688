package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** GREATEST and LEAST: of the operands that are not null; null where all are. Among equal ones it is the first. */
public final class Extremes extends Kernel {
    private final boolean greatest;
    private final List<Kernel> operands;

    private Extremes(boolean greatest, List<Kernel> operands) {
        super(operands.get(0).type(), operands, false);
        this.greatest = greatest;
        this.operands = operands;
    }

    /**
     * The kernel for operands of one type.
     *
     * @return empty where values of that type have no order
     */
    public static Optional<Kernel> of(boolean greatest, List<Kernel> operands) {
        DataType type = operands.get(0).type();
        return switch (type.kind()) {
            case INT64, TIMESTAMP -> Optional.of(new Extremes(greatest, operands));
            case JSON, LIST -> Optional.empty();
            case BOOLEAN, INT32, FLOAT64, DECIMAL, STRING, BINARY, DATE -> Optional.of(
                    RowKernel.lenient(type, operands, (arguments, row, out) -> put(arguments, row, out, greatest)));
        };
    }

    @Override
    public Column evaluate(Frame frame) {
        int rows = frame.rows();
        LongColumn best = (LongColumn) operands.get(0).evaluate(frame);
        for (Kernel operand : operands.subList(1, operands.size())) {
            best = better(best, (LongColumn) operand.evaluate(frame), rows);
        }
        return best;
    }

    private LongColumn better(LongColumn a, LongColumn b, int rows) {
        long[] first = a.values();
        long[] second = b.values();
        long[] result = new long[rows];
        if (!a.nulls().any() && !b.nulls().any()) {
            for (int i = 0; i < rows; i++) {
                result[i] = greatest ? Math.max(first[i], second[i]) : Math.min(first[i], second[i]);
            }
            return LongColumn.of(type(), rows, NullBitmap.NONE, result);
        }
        long[] nulls = new long[NullBitmap.wordsFor(rows)];
        for (int i = 0; i < rows; i++) {
            if (a.isNull(i) && b.isNull(i)) {
                nulls[i >> 6] |= 1L << i;
            } else if (a.isNull(i) || !b.isNull(i) && (greatest ? second[i] > first[i] : second[i] < first[i])) {
                result[i] = second[i];
            } else {
                result[i] = first[i];
            }
        }
        return LongColumn.of(type(), rows, NullBitmap.of(nulls), result);
    }

    private static void put(Argument[] arguments, int row, Output out, boolean greatest) {
        int best = -1;
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].isNull(row)) {
                int order = best < 0 ? 1 : compare(arguments[i], arguments[best], row);
                best = best < 0 || (greatest ? order > 0 : order < 0) ? i : best;
            }
        }
        if (best < 0) {
            out.none();
        } else {
            out.put(arguments[best], row);
        }
    }

    private static int compare(Argument a, Argument b, int row) {
        Kind kind = a.type().kind();
        if (kind == Kind.STRING || kind == Kind.BINARY) {
            return Arrays.compareUnsigned(a.bytes(), a.from(row), a.to(row), b.bytes(), b.from(row), b.to(row));
        } else if (kind == Kind.FLOAT64) {
            // Adding 0.0 turns -0.0 into 0.0; Double.compare puts NaN above all numbers.
            return Double.compare(a.real(row) + 0.0, b.real(row) + 0.0);
        } else if (kind == Kind.DECIMAL) {
            BigDecimal one = a.decimal(row);
            return one.compareTo(b.decimal(row));
        } else if (kind == Kind.BOOLEAN) {
            return Boolean.compare(a.flag(row), b.flag(row));
        }
        return Integer.compare(a.narrow(row), b.narrow(row));
    }
}
