package io.millrace.connectors.postgres;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import java.math.BigDecimal;

/** Numbers into numeric: exact, or refused, since the server would round silently to the column's scale. */
final class NumericEncoder {
    private NumericEncoder() {}

    static CellEncoder ofDecimals(NumericLimits limits) {
        return new Decimals(limits);
    }

    static CellEncoder ofIntegers(NumericLimits limits) {
        return new Whole(limits);
    }

    static CellEncoder ofDoubles(NumericLimits limits) {
        return new Doubles(limits);
    }

    private static final class Decimals extends CellEncoder {
        private final NumericDigits digits;
        private int scale;
        private long[] low;
        private long[] high;

        Decimals(NumericLimits limits) {
            this.digits = new NumericDigits(limits);
        }

        @Override
        void bind(Column column) {
            DecimalColumn decimals = (DecimalColumn) column;
            scale = ((DecimalType) column.type()).scale();
            low = decimals.low();
            high = decimals.high();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            digits.set(high == null ? low[row] >> 63 : high[row], low[row], scale);
            return digits.put(out);
        }
    }

    private static final class Whole extends CellEncoder {
        private final NumberEncoders.Integers values = new NumberEncoders.Integers();
        private final NumericDigits digits;

        Whole(NumericLimits limits) {
            this.digits = new NumericDigits(limits);
        }

        @Override
        void bind(Column column) {
            values.bind(column);
        }

        @Override
        String encode(int row, CopyBuffer out) {
            long value = values.get(row);
            digits.set(value >> 63, value, 0);
            return digits.put(out);
        }
    }

    /** By the shortest decimal text that reads back as the same double; it is the one encoder that makes objects. */
    private static final class Doubles extends CellEncoder {
        private final NumericDigits digits;
        private double[] values;

        Doubles(NumericLimits limits) {
            this.digits = new NumericDigits(limits);
        }

        @Override
        void bind(Column column) {
            values = ((DoubleColumn) column).values();
        }

        @Override
        String encode(int row, CopyBuffer out) {
            double value = values[row];
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return digits.putSpecial(value, out);
            }
            BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
            long unscaled = decimal.unscaledValue().longValueExact();
            digits.set(unscaled >> 63, unscaled, decimal.scale());
            return digits.put(out);
        }
    }
}
