package io.millrace.core.measure;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import java.math.BigInteger;

/**
 * What a 1 in the fixed words of a sum stands for. Integers count in ones and decimals in their last digit. For FLOAT64 a
 * sum counts in 2^-80, which covers every double below 2^46 whose last bit is not finer: money, ratings, and probabilities
 * down to 10^-9. Rarer ones go to {@link Wide}, which counts in 2^-1074 and so holds any double.
 *
 * @param binary the exponent of two of a unit, zero where it is a power of ten
 * @param decimal how many decimal digits a unit is behind the point
 * @param wideShift how much finer the units of {@link Wide} are, in bits; its squares are finer by twice that
 */
record NumberUnits(int binary, int decimal, int wideShift) {
    static final int FLOAT_EXPONENT = -80;
    private static final int FINEST_EXPONENT = -1074;

    static NumberUnits of(DataType type) {
        return switch (type.kind()) {
            case FLOAT64 -> new NumberUnits(FLOAT_EXPONENT, 0, FLOAT_EXPONENT - FINEST_EXPONENT);
            case DECIMAL -> new NumberUnits(0, ((DecimalType) type).scale(), 0);
            case INT32, INT64 -> new NumberUnits(0, 0, 0);
            case BOOLEAN, STRING, BINARY, DATE, TIMESTAMP, JSON, LIST -> throw new IllegalArgumentException(
                    type + " is no number");
        };
    }

    /** A finite double in the units of {@link Wide}. */
    static BigInteger wide(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long fraction = bits & (1L << 52) - 1;
        long mantissa = exponent == 0 ? fraction : fraction | 1L << 52;
        BigInteger magnitude = BigInteger.valueOf(mantissa).shiftLeft(Math.max(exponent - 1, 0));
        return bits < 0 ? magnitude.negate() : magnitude;
    }

    /** A sum of the fixed words and the wide part, in the units of {@link Wide}. */
    BigInteger total(BigInteger fixed, BigInteger wide) {
        return wide.add(fixed.shiftLeft(wideShift));
    }

    /** The exponent of two of a unit of {@link Wide}. */
    int wideBinary() {
        return binary - wideShift;
    }
}
