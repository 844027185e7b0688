package io.millrace.connectors.postgres;

/**
 * One number as numeric's wire has it: digits to base 10,000, the first of weight 10,000^weight. Made from an unscaled
 * value of 128 bits without objects. One thread.
 */
final class NumericDigits {
    private static final int BASE = 10_000;
    private static final short POSITIVE = 0;
    private static final short NEGATIVE = 0x4000;
    private static final short NAN = (short) 0xC000;
    private static final short POSITIVE_INFINITY = (short) 0xD000;
    private static final short NEGATIVE_INFINITY = (short) 0xF000;
    private static final int[] SMALL_POWERS = {1, 10, 100, 1_000, 10_000};
    /** 39 digits and one group that is not full at each end. */
    private static final int MOST_GROUPS = 12;

    private final NumericLimits limits;
    private final String tooLarge;
    private final String tooFine;
    private final String infinite;
    /** The least group first. */
    private final short[] groups = new short[MOST_GROUPS];

    private int count;
    /** The weight of groups[0]. */
    private int leastWeight;

    private int displayScale;
    private boolean negative;
    private long high;
    private long low;

    NumericDigits(NumericLimits limits) {
        this.limits = limits;
        this.tooLarge = "too large for " + limits.typeName();
        this.tooFine = "more digits behind the point than " + limits.typeName() + " holds";
        this.infinite = "infinity, which " + limits.typeName() + " does not hold";
    }

    /** Takes the number (high * 2^64 + unsigned(low)) / 10^scale. */
    void set(long highBits, long lowBits, int scale) {
        negative = highBits < 0;
        low = negative ? -lowBits : lowBits;
        high = negative ? ~highBits + (lowBits == 0 ? 1 : 0) : highBits;
        displayScale = Math.max(scale, 0);
        count = 0;
        // Groups are counted from the point: the least one may have to be filled up with zeros.
        int fractionGroups = Math.floorDiv(scale + 3, 4);
        int padding = 4 * fractionGroups - scale;
        leastWeight = -fractionGroups;
        if (padding > 0 && (high != 0 || low != 0)) {
            groups[count++] = (short) (divide(SMALL_POWERS[4 - padding]) * SMALL_POWERS[padding]);
        }
        while (high != 0 || low != 0) {
            groups[count++] = (short) divide(BASE);
        }
        strip();
    }

    /** Drops zero groups at the lower end. */
    private void strip() {
        int zeros = 0;
        while (zeros < count && groups[zeros] == 0) {
            zeros++;
        }
        if (zeros > 0) {
            System.arraycopy(groups, zeros, groups, 0, count - zeros);
            count -= zeros;
            leastWeight += zeros;
        }
    }

    /** Divides the number and returns the remainder. */
    private int divide(int divisor) {
        if (high == 0 && low >= 0) {
            long quotient = low / divisor;
            int remainder = (int) (low - quotient * divisor);
            low = quotient;
            return remainder;
        }
        long part = Long.divideUnsigned(high, divisor);
        long remainder = high - part * divisor;
        high = part;
        long upper = remainder << 32 | low >>> 32;
        long upperQuotient = upper / divisor;
        long lower = upper - upperQuotient * divisor << 32 | low & 0xffff_ffffL;
        long lowerQuotient = lower / divisor;
        low = upperQuotient << 32 | lowerQuotient;
        return (int) (lower - lowerQuotient * divisor);
    }

    /** Puts the number that was taken, or returns why the column cannot hold it. */
    String put(CopyBuffer out) {
        if (count > 0) {
            int weight = leastWeight + count - 1;
            if (length(groups[count - 1]) + 4 * weight > limits.integerDigits()) {
                return tooLarge;
            }
            if (-4 * leastWeight - trailingZeros(groups[0]) > limits.scale()) {
                return tooFine;
            }
        }
        out.putInt(8 + 2 * count);
        out.putShort(count);
        out.putShort(count == 0 ? 0 : leastWeight + count - 1);
        out.putShort(negative && count > 0 ? NEGATIVE : POSITIVE);
        out.putShort(Math.min(displayScale, Math.max(limits.scale(), 0)));
        for (int i = count - 1; i >= 0; i--) {
            out.putShort(groups[i]);
        }
        return null;
    }

    /** Puts NaN or an infinity, or returns why the column cannot hold it. */
    String putSpecial(double value, CopyBuffer out) {
        boolean nan = Double.isNaN(value);
        if (!nan && !limits.infinities()) {
            return infinite;
        }
        out.putInt(8);
        out.putShort(0);
        out.putShort(0);
        out.putShort(nan ? NAN : value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY);
        out.putShort(0);
        return null;
    }

    private static int length(int group) {
        return group < 10 ? 1 : group < 100 ? 2 : group < 1_000 ? 3 : 4;
    }

    private static int trailingZeros(int group) {
        return group % 10 != 0 ? 0 : group % 100 != 0 ? 1 : group % 1_000 != 0 ? 2 : 3;
    }
}
