package io.millrace.core.learned;

import java.math.BigInteger;

/**
 * Rounds exact results to float64 once, half to even. (Results below 2^-1022, which have fewer digits, are rounded twice.)
 */
final class Rounding {
    /** More than the 53 bits of a float64 and the one that decides the rounding. */
    private static final int BITS = 66;

    private Rounding() {}

    /** {@code numerator / (denominator × 2^scale)}; the denominator is positive. */
    static double quotient(BigInteger numerator, BigInteger denominator, int scale) {
        if (numerator.signum() == 0) {
            return 0;
        }
        int shift = BITS + denominator.bitLength() - numerator.bitLength();
        BigInteger[] parts = scaled(numerator.abs(), denominator, shift);
        double magnitude = Math.scalb(withRest(parts[0], parts[1].signum() != 0), -(shift + 1) - scale);
        return numerator.signum() < 0 ? -magnitude : magnitude;
    }

    /** The square root of {@code numerator / (denominator × 2^scale)}, which is not negative. */
    static double squareRoot(BigInteger numerator, BigInteger denominator, int scale) {
        if (numerator.signum() == 0) {
            return 0;
        }
        int shift = 2 * BITS + denominator.bitLength() - numerator.bitLength();
        shift += (shift + scale) & 1;
        BigInteger[] parts = scaled(numerator, denominator, shift);
        BigInteger[] root = parts[0].sqrtAndRemainder();
        boolean rest = root[1].signum() != 0 || parts[1].signum() != 0;
        return Math.scalb(withRest(root[0], rest), -(shift + scale) / 2 - 1);
    }

    private static BigInteger[] scaled(BigInteger numerator, BigInteger denominator, int shift) {
        return shift >= 0
                ? numerator.shiftLeft(shift).divideAndRemainder(denominator)
                : numerator.divideAndRemainder(denominator.shiftLeft(-shift));
    }

    /** Twice the number, to the nearest float64; a further bit says whether something was cut off behind it. */
    private static double withRest(BigInteger whole, boolean rest) {
        BigInteger doubled = whole.shiftLeft(1);
        return (rest ? doubled.setBit(0) : doubled).doubleValue();
    }
}
