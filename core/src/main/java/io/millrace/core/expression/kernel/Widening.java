package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Conversions that happen by themselves. None of them fails, except for dates too far away to be timestamps. */
final class Widening extends Kernel {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long LAST_DAY = Long.MAX_VALUE / MICROS_PER_DAY;

    private final Kernel operand;

    private Widening(Kernel operand, DataType type) {
        super(type, List.of(operand), type.kind() == DataType.Kind.TIMESTAMP);
        this.operand = operand;
    }

    /** int32 and date as 64 bits of this type. */
    static Kernel toLong(Kernel operand, DataType type) {
        return ConstantKernel.fold(new Widening(operand, type));
    }

    /** A number to float64, date to timestamp, a whole number or decimal to a decimal with room for it. */
    static Kernel to(Kernel operand, DataType type) {
        return ConstantKernel.fold(new Widening(operand, type));
    }

    @Override
    public Column evaluate(Frame frame) {
        Column column = operand.evaluate(frame);
        int rows = frame.rows();
        return switch (type().kind()) {
            case INT64 -> LongColumn.of(type(), rows, column.nulls(), times(((IntColumn) column).values(), 1, rows));
            case TIMESTAMP -> midnights((IntColumn) column, frame);
            case FLOAT64 -> DoubleColumn.of(rows, column.nulls(), doubles(column, rows));
            case DECIMAL -> decimals(column, rows);
            case BOOLEAN, INT32, STRING, BINARY, DATE, JSON, LIST -> throw new IllegalStateException(
                    "nothing widens to " + type());
        };
    }

    private Column midnights(IntColumn dates, Frame frame) {
        int rows = frame.rows();
        for (int row = 0; row < rows; row++) {
            if (Math.abs((long) dates.get(row)) > LAST_DAY && !dates.isNull(row)) {
                frame.fail(row, Casts.beyond(type()));
            }
        }
        return LongColumn.of(type(), rows, dates.nulls(), times(dates.values(), MICROS_PER_DAY, rows));
    }

    private static long[] times(int[] values, long factor, int rows) {
        long[] longs = new long[rows];
        for (int i = 0; i < rows; i++) {
            longs[i] = values[i] * factor;
        }
        return longs;
    }

    private static double[] doubles(Column column, int rows) {
        double[] doubles = new double[rows];
        if (column instanceof IntColumn narrow) {
            for (int i = 0; i < rows; i++) {
                doubles[i] = narrow.values()[i];
            }
        } else if (column instanceof LongColumn wide) {
            long[] values = wide.values();
            for (int i = 0; i < rows; i++) {
                doubles[i] = values[i];
            }
        } else {
            DecimalColumn decimals = (DecimalColumn) column;
            for (int i = 0; i < rows; i++) {
                // By text: BigDecimal.doubleValue of older JDKs does not always round to the nearest.
                doubles[i] = column.isNull(i)
                        ? 0
                        : Double.parseDouble(decimals.decimal(i).toString());
            }
        }
        return doubles;
    }

    private Column decimals(Column column, int rows) {
        DecimalType type = (DecimalType) type();
        if (column instanceof DecimalColumn || type.scale() > 0) {
            return rescaled(column, type, rows);
        }
        long[] low = column instanceof IntColumn narrow
                ? times(narrow.values(), 1, rows)
                : Arrays.copyOf(((LongColumn) column).values(), rows);
        long[] high = null;
        if (!type.fitsLong()) {
            high = new long[rows];
            for (int i = 0; i < rows; i++) {
                high[i] = low[i] >> 63;
            }
        }
        return DecimalColumn.of(type, rows, column.nulls(), low, high);
    }

    private static Column rescaled(Column column, DecimalType type, int rows) {
        DecimalColumn.Builder builder = (DecimalColumn.Builder) ColumnBuilder.of(type);
        for (int i = 0; i < rows; i++) {
            if (column.isNull(i)) {
                builder.appendNull();
                continue;
            }
            BigDecimal value = column instanceof DecimalColumn decimals
                    ? decimals.decimal(i)
                    : BigDecimal.valueOf(
                            column instanceof IntColumn narrow ? narrow.get(i) : ((LongColumn) column).get(i));
            if (!builder.append(value)) {
                // Behind rows that do not count there may be anything.
                builder.appendNull();
            }
        }
        return builder.build();
    }
}
