package io.millrace.api.data;

import io.millrace.api.data.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A column of DECIMAL as unscaled two's complement numbers of 128 bits: {@code high[i] * 2^64 + unsigned(low[i])}. Where
 * the type's precision fits a long there is no {@code high} array, and {@code low} is the signed unscaled value.
 */
public final class DecimalColumn extends Column {
    private final long[] low;
    private final long[] high;

    private DecimalColumn(DecimalType type, int length, NullBitmap nulls, long[] low, long[] high) {
        super(type, length, nulls);
        this.low = low;
        this.high = high;
    }

    /** Takes over the arrays; {@code high} is null exactly where {@code type.fitsLong()}. */
    public static DecimalColumn of(DecimalType type, int length, NullBitmap nulls, long[] low, long[] high) {
        if (type.fitsLong() != (high == null)) {
            throw wrongType(DecimalColumn.class, type);
        }
        return new DecimalColumn(type, length, nulls, low, high);
    }

    public DecimalType decimalType() {
        return (DecimalType) type();
    }

    /** The lower 64 bits of each unscaled value; must not be changed. */
    public long[] low() {
        return low;
    }

    /** The upper 64 bits of each unscaled value, or null where every value fits a long; must not be changed. */
    public long[] high() {
        return high;
    }

    /** A row's value with the type's scale. */
    public BigDecimal decimal(int row) {
        int scale = decimalType().scale();
        if (high == null) {
            return BigDecimal.valueOf(low[row], scale);
        }
        if (high[row] == low[row] >> 63) {
            return new BigDecimal(BigInteger.valueOf(low[row]), scale);
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (high[row] >>> 56 - 8 * i);
            bytes[8 + i] = (byte) (low[row] >>> 56 - 8 * i);
        }
        return new BigDecimal(new BigInteger(bytes), scale);
    }

    @Override
    Object object(int row) {
        return decimal(row);
    }

    @Override
    public DecimalColumn select(Selection selection) {
        int count = selection.count();
        long[] selectedLow = new long[count];
        long[] selectedHigh = high == null ? null : new long[count];
        for (int i = 0; i < count; i++) {
            selectedLow[i] = low[selection.row(i)];
            if (high != null) {
                selectedHigh[i] = high[selection.row(i)];
            }
        }
        return new DecimalColumn(decimalType(), count, nulls().select(selection), selectedLow, selectedHigh);
    }

    /** Builds a {@link DecimalColumn}. */
    public static final class Builder extends ColumnBuilder {
        private final DecimalType decimalType;
        private long[] low = new long[INITIAL_CAPACITY];
        private long[] high;

        Builder(DecimalType type) {
            super(type);
            this.decimalType = type;
            this.high = type.fitsLong() ? null : new long[INITIAL_CAPACITY];
        }

        /** Appends an unscaled value that fits a long; the caller answers for the precision. */
        public void appendUnscaled(long unscaled) {
            appendUnscaled(unscaled >> 63, unscaled);
        }

        /** Appends an unscaled value of 128 bits; the caller answers for the precision. */
        public void appendUnscaled(long highBits, long lowBits) {
            if (length == low.length) {
                low = Arrays.copyOf(low, grown(low.length));
                high = high == null ? null : Arrays.copyOf(high, low.length);
            }
            low[length] = lowBits;
            if (high != null) {
                high[length] = highBits;
            }
            length++;
        }

        /** Appends the value if the type holds it exactly (trailing zeros do not matter); returns false where not. */
        public boolean append(BigDecimal value) {
            int scale = decimalType.scale();
            BigDecimal fitted = value;
            if (value.scale() > scale) {
                fitted = value.stripTrailingZeros();
                if (fitted.scale() > scale) {
                    return false;
                }
            }
            // Before setScale: 1e999999999 would fill the memory with zeros.
            if ((long) fitted.precision() - fitted.scale() + scale > DecimalType.MAX_PRECISION
                    && fitted.signum() != 0) {
                return false;
            }
            fitted = fitted.setScale(scale);
            if (fitted.precision() > decimalType.precision()) {
                return false;
            }
            BigInteger unscaled = fitted.unscaledValue();
            appendUnscaled(unscaled.shiftRight(64).longValue(), unscaled.longValue());
            return true;
        }

        @Override
        void appendPlaceholder() {
            appendUnscaled(0, 0);
        }

        @Override
        boolean appendObject(Object value) {
            if (!(value instanceof BigDecimal decimal)) {
                return false;
            }
            if (!append(decimal)) {
                throw new IllegalArgumentException(decimal + " does not fit " + type);
            }
            return true;
        }

        @Override
        public DecimalColumn build() {
            int built = length;
            long[] builtLow = low;
            long[] builtHigh = high;
            low = new long[Math.max(built, INITIAL_CAPACITY)];
            high = builtHigh == null ? null : new long[low.length];
            return new DecimalColumn(decimalType, built, buildNulls(), builtLow, builtHigh);
        }
    }
}
