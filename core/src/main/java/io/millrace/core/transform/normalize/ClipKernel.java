package io.millrace.core.transform.normalize;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.core.learned.NumberReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Moves values into a range. Of a type that cannot hold a bound, the nearest value inside the range is the bound. NaN stays.
 */
final class ClipKernel extends Kernel {
    private final double min;
    private final double max;
    private final long wholeMin;
    private final long wholeMax;
    /** Null where there is no bound. */
    private final BigDecimal exactMin;

    private final BigDecimal exactMax;

    ClipKernel(Field input, String name, Optional<Double> from, Optional<Double> to) {
        super(List.of(new Field(name, input.type(), input.nullable())));
        NumberReader.require(input.type(), "clip");
        min = from.orElse(Double.NEGATIVE_INFINITY);
        max = to.orElse(Double.POSITIVE_INFINITY);
        int scale = input.type() instanceof DataType.DecimalType decimal ? decimal.scale() : 0;
        exactMin = from.map(bound -> new BigDecimal(bound).setScale(scale, RoundingMode.CEILING))
                .orElse(null);
        exactMax = to.map(bound -> new BigDecimal(bound).setScale(scale, RoundingMode.FLOOR))
                .orElse(null);
        long least = input.type().equals(DataType.INT32) ? Integer.MIN_VALUE : Long.MIN_VALUE;
        long greatest = input.type().equals(DataType.INT32) ? Integer.MAX_VALUE : Long.MAX_VALUE;
        // The cast saturates.
        wholeMin = (long) Math.max(Math.ceil(min), least);
        wholeMax = (long) Math.min(Math.floor(max), greatest);
        requireValues(input.type(), least, greatest);
    }

    private void requireValues(DataType type, long least, long greatest) {
        boolean none =
                switch (type.kind()) {
                    case INT32, INT64 -> wholeMin > wholeMax || Math.ceil(min) > greatest || Math.floor(max) < least;
                    case DECIMAL -> exactMin != null && exactMax != null && exactMin.compareTo(exactMax) > 0
                            || !fits(exactMin, (DataType.DecimalType) type)
                            || !fits(exactMax, (DataType.DecimalType) type);
                    default -> false;
                };
        if (none) {
            throw MillraceException.user("clip: no " + type + " lies between " + min + " and " + max);
        }
    }

    private static boolean fits(BigDecimal bound, DataType.DecimalType type) {
        return bound == null || bound.precision() <= type.precision();
    }

    @Override
    List<Column> apply(Column input, RefusedRows refused) {
        int length = input.length();
        if (input instanceof DoubleColumn doubles) {
            double[] values = doubles.values();
            double[] results = new double[length];
            for (int row = 0; row < length; row++) {
                double value = values[row];
                results[row] = value < min ? min : value > max ? max : value;
            }
            return List.of(DoubleColumn.of(length, input.nulls(), results));
        } else if (input instanceof LongColumn longs) {
            long[] values = longs.values();
            long[] results = new long[length];
            for (int row = 0; row < length; row++) {
                results[row] = Math.max(wholeMin, Math.min(wholeMax, values[row]));
            }
            return List.of(LongColumn.of(input.type(), length, input.nulls(), results));
        } else if (input instanceof IntColumn ints) {
            int[] values = ints.values();
            int[] results = new int[length];
            for (int row = 0; row < length; row++) {
                results[row] = (int) Math.max(wholeMin, Math.min(wholeMax, values[row]));
            }
            return List.of(IntColumn.of(input.type(), length, input.nulls(), results));
        }
        return List.of(decimals((DecimalColumn) input));
    }

    private Column decimals(DecimalColumn input) {
        ColumnBuilder results = ColumnBuilder.of(input.type());
        for (int row = 0; row < input.length(); row++) {
            if (input.isNull(row)) {
                results.appendNull();
                continue;
            }
            BigDecimal value = input.decimal(row);
            value = exactMin != null && value.compareTo(exactMin) < 0 ? exactMin : value;
            results.append(exactMax != null && value.compareTo(exactMax) > 0 ? exactMax : value);
        }
        return results.build();
    }
}
