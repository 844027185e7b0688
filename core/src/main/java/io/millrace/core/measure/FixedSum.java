package io.millrace.core.measure;

import java.math.BigInteger;

/** A signed sum of 128 bits in two words of each group, {@code high} then {@code low}, in {@link NumberUnits}. One thread. */
final class FixedSum {
    static final int WORDS = 2;
    /** The largest left shift under which a double's 53 bits stay two bits below the sign. */
    private static final int MOST_SHIFT = 126 - 53;

    private final GroupRows rows;
    private final int at;
    private final WideSums wide;
    private final int wideShift;

    FixedSum(GroupRows rows, WideSums wide, int wideShift) {
        this.rows = rows;
        this.at = rows.reserve(WORDS);
        this.wide = wide;
        this.wideShift = wideShift;
    }

    /** Adds a number of 128 bits to a group. */
    void add(long[] words, int group, long high, long low) {
        int place = group * rows.width() + at;
        long oldHigh = words[place];
        long newLow = words[place + 1] + low;
        long newHigh = oldHigh + high + (Long.compareUnsigned(newLow, low) < 0 ? 1 : 0);
        if (((oldHigh ^ newHigh) & (high ^ newHigh)) < 0) {
            carry(words, group, place, high, low);
        } else {
            words[place] = newHigh;
            words[place + 1] = newLow;
        }
    }

    /** Moves a sum that would overflow to the wide part, and begins again with the number. */
    private void carry(long[] words, int group, int place, long high, long low) {
        Wide part = wide.of(group);
        part.sum = part.sum.add(big(words[place], words[place + 1]).shiftLeft(wideShift));
        words[place] = high;
        words[place + 1] = low;
    }

    /** Adds a double where it fits the words; false, and nothing added, where it is too large, too fine or not finite. */
    boolean add(long[] words, int group, double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        int shift = exponent - 1075 - NumberUnits.FLOAT_EXPONENT;
        long mantissa = bits & (1L << 52) - 1 | 1L << 52;
        if (shift < 0 || shift > MOST_SHIFT) {
            if (value == 0) {
                return true;
            }
            if (shift > MOST_SHIFT || shift < -52 || Long.numberOfTrailingZeros(mantissa) < -shift) {
                return false;
            }
            mantissa >>>= -shift;
            shift = 0;
        }
        long high = shift >= 64 ? mantissa << shift - 64 : mantissa >>> 1 >>> 63 - shift;
        long low = shift >= 64 ? 0 : mantissa << shift;
        long sign = bits >> 63;
        add(words, group, (high ^ sign) - (low == 0 ? sign : 0), (low ^ sign) - sign);
        return true;
    }

    long high(int group) {
        return rows.words()[group * rows.width() + at];
    }

    long low(int group) {
        return rows.words()[group * rows.width() + at + 1];
    }

    BigInteger big(int group) {
        return big(high(group), low(group));
    }

    static BigInteger big(long high, long low) {
        BigInteger upper = BigInteger.valueOf(high).shiftLeft(64);
        return upper.add(BigInteger.valueOf(low & Long.MAX_VALUE))
                .add(low < 0 ? BigInteger.ONE.shiftLeft(63) : BigInteger.ZERO);
    }

    /** The place of the first word in a row. */
    int at() {
        return at;
    }
}
