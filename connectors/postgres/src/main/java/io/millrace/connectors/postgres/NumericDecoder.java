package io.millrace.connectors.postgres;

import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * numeric into DECIMAL. The wire has digits to base 10,000, the first of weight 10,000^weight; they are folded into 128
 * bits without objects. What the column's precision and scale cannot hold exactly is refused.
 */
final class NumericDecoder extends CellDecoder {
    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int NOT_A_NUMBER = 0xC000;
    private static final int POSITIVE_INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;
    private static final int[] SMALL_POWERS = {1, 10, 100, 1_000, 10_000};

    private final DecimalColumn.Builder column;
    private final int precision;
    private final int scale;
    private final String tooLarge;
    private final String tooFine;
    /** The unscaled value being folded: high * 2^64 + unsigned(low). */
    private long high;

    private long low;

    NumericDecoder(ColumnBuilder builder) {
        this.column = (DecimalColumn.Builder) builder;
        DecimalType type = (DecimalType) builder.type();
        this.precision = type.precision();
        this.scale = type.scale();
        this.tooLarge = "too large for " + type;
        this.tooFine = "more digits behind the point than " + type + " holds";
    }

    @Override
    String decode(byte[] bytes, int at, int size) {
        int digits = BigEndian.unsignedShortAt(bytes, at);
        int weight = BigEndian.shortAt(bytes, at + 2);
        int sign = BigEndian.unsignedShortAt(bytes, at + 4);
        if (sign != 0 && sign != NEGATIVE) {
            return sign == NOT_A_NUMBER ? "NaN is no decimal" : "infinity is no decimal";
        }
        if (digits == 0) {
            column.appendUnscaled(0);
            return null;
        }
        // The unscaled value is the digits, read as one number, times 10^exponent.
        int exponent = 4 * (weight - digits + 1) + scale;
        int first = BigEndian.shortAt(bytes, at + HEADER);
        if (length(first) + 4 * (digits - 1) + exponent > precision) {
            return tooLarge;
        }
        int last = digits - 1;
        int lastDigit = BigEndian.shortAt(bytes, at + HEADER + 2 * last);
        int dropped = Math.max(0, -exponent);
        if (dropped > 3 || lastDigit % SMALL_POWERS[dropped] != 0) {
            return tooFine;
        }
        high = 0;
        low = 0;
        for (int i = 0; i < last; i++) {
            multiplyAdd(10_000, BigEndian.shortAt(bytes, at + HEADER + 2 * i));
        }
        multiplyAdd(SMALL_POWERS[4 - dropped], lastDigit / SMALL_POWERS[dropped]);
        for (; exponent >= 4; exponent -= 4) {
            multiplyAdd(10_000, 0);
        }
        if (exponent > 0) {
            multiplyAdd(SMALL_POWERS[exponent], 0);
        }
        if (sign == NEGATIVE) {
            low = -low;
            high = ~high + (low == 0 ? 1 : 0);
        }
        column.appendUnscaled(high, low);
        return null;
    }

    private void multiplyAdd(int factor, int summand) {
        // The signed high product, corrected for a low word that is meant unsigned; the factor is positive.
        long carry = Math.multiplyHigh(low, factor) + (low >> 63 & factor);
        high = high * factor + carry;
        low *= factor;
        low += summand;
        if (Long.compareUnsigned(low, summand) < 0) {
            high++;
        }
    }

    private static int length(int digit) {
        return digit < 10 ? 1 : digit < 100 ? 2 : digit < 1_000 ? 3 : 4;
    }

    @Override
    String text(byte[] bytes, int at, int size) {
        int digits = BigEndian.unsignedShortAt(bytes, at);
        int weight = BigEndian.shortAt(bytes, at + 2);
        int sign = BigEndian.unsignedShortAt(bytes, at + 4);
        switch (sign) {
            case NOT_A_NUMBER:
                return "NaN";
            case POSITIVE_INFINITY:
                return "Infinity";
            case NEGATIVE_INFINITY:
                return "-Infinity";
            default:
                break;
        }
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            value = value.multiply(BigInteger.valueOf(10_000))
                    .add(BigInteger.valueOf(BigEndian.shortAt(bytes, at + HEADER + 2 * i)));
        }
        int scaleOfDigits = -4 * (weight - digits + 1);
        BigDecimal number = new BigDecimal(sign == NEGATIVE ? value.negate() : value, scaleOfDigits);
        return number.scale() > 0 ? number.stripTrailingZeros().toPlainString() : number.toPlainString();
    }
}
