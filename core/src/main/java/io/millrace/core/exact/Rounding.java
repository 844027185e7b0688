package io.millrace.core.exact;

import java.math.BigInteger;

/** Exact numbers to the nearest double, ties to even: the one place where results of exact sums are rounded. */
public final class Rounding {
    private static final int LOWEST_EXPONENT = -1074;
    private static final int DOUBLE_DIGITS = 53;

    private Rounding() {}

    /** {@code numerator / denominator * 2^exponent}; the denominator is positive. */
    public static double toDouble(BigInteger numerator, BigInteger denominator, int exponent) {
        if (numerator.signum() == 0) {
            return 0.0;
        }
        BigInteger magnitude = numerator.abs();
        // The quotient lies between 2^(size - 1) and 2^(size + 1).
        int size = magnitude.bitLength() - denominator.bitLength();
        // Units of the quotient kept: two bits more than a double has, but none below a quarter of the least double.
        int unit = Math.max(size - DOUBLE_DIGITS - 2, LOWEST_EXPONENT - 2 - exponent);
        BigInteger[] parts = unit > 0
                ? magnitude.divideAndRemainder(denominator.shiftLeft(unit))
                : magnitude.shiftLeft(-unit).divideAndRemainder(denominator);
        long quotient = parts[0].longValue() | (parts[1].signum() == 0 ? 0 : 1);
        return scaled(quotient, unit + exponent, numerator.signum() < 0);
    }

    /** {@code (high * 2^64 + unsigned(low)) * 2^exponent}. */
    public static double toDouble(long high, long low, int exponent) {
        boolean negative = high < 0;
        long upper = negative ? ~high + (low == 0 ? 1 : 0) : high;
        long lower = negative ? -low : low;
        if ((upper | lower) == 0) {
            return 0.0;
        }
        // Shifted up until the first bit of the upper word is set.
        int shift = upper != 0 ? Long.numberOfLeadingZeros(upper) : 64 + Long.numberOfLeadingZeros(lower);
        if (shift >= 64) {
            upper = lower << shift - 64;
            lower = 0;
        } else if (shift > 0) {
            upper = upper << shift | lower >>> 64 - shift;
            lower <<= shift;
        }
        // Sixty-two bits, the last of them sticky.
        long sticky = (upper & 3) != 0 || lower != 0 ? 1 : 0;
        return scaled(upper >>> 2 | sticky, 66 - shift + exponent, negative);
    }

    /** The square root of {@code numerator / denominator * 2^exponent}, which is not negative. */
    public static double squareRoot(BigInteger numerator, BigInteger denominator, int exponent) {
        if (numerator.signum() == 0) {
            return 0.0;
        }
        // Of the quotient twice as many bits as of its root, and an even exponent.
        int unit = numerator.bitLength() - denominator.bitLength() - 2 * (DOUBLE_DIGITS + 4);
        unit -= unit + exponent & 1;
        BigInteger[] parts = unit > 0
                ? numerator.divideAndRemainder(denominator.shiftLeft(unit))
                : numerator.shiftLeft(-unit).divideAndRemainder(denominator);
        BigInteger[] root = parts[0].sqrtAndRemainder();
        boolean rest = root[1].signum() != 0 || parts[1].signum() != 0;
        return scaled(root[0].longValue() | (rest ? 1 : 0), (unit + exponent) / 2, false);
    }

    /** {@code quotient * 2^exponent}, where the last bit of the quotient is sticky and below what a double keeps. */
    private static double scaled(long quotient, int exponent, boolean negative) {
        int size = Long.SIZE - Long.numberOfLeadingZeros(quotient);
        double magnitude;
        if (size + exponent > LOWEST_EXPONENT + DOUBLE_DIGITS) {
            // A double of full precision: the conversion rounds, the scaling is exact or overflows to infinity.
            magnitude = Math.scalb((double) quotient, exponent);
        } else {
            int drop = LOWEST_EXPONENT - exponent;
            long kept = quotient >> drop;
            long dropped = quotient & (1L << drop) - 1;
            long half = 1L << drop - 1;
            boolean up = dropped > half || dropped == half && (kept & 1) == 1;
            magnitude = Double.longBitsToDouble(kept + (up ? 1 : 0));
        }
        return negative ? -magnitude : magnitude;
    }
}
