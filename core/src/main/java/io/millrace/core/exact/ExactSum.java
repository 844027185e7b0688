package io.millrace.core.exact;

import java.math.BigInteger;

/**
 * The exact sum of float64 values, or of their squares: a fixed-point number wide enough for the square of every finite one.
 * Nothing is rounded before the end, so the order of additions makes no difference. One thread.
 *
 * <p>The number is kept in digits of 32 bits, each in a long of its own that takes many additions before its carry has to
 * move on (as in Kulisch's long accumulator).
 */
public final class ExactSum {
    /** {@link #value()} is the sum times two to this power: the square of the least float64 is one unit. */
    public static final int SCALE = 2 * 1074;

    private static final int DIGIT = 32;
    private static final long DIGIT_MASK = (1L << DIGIT) - 1;
    /** Up to the square of the greatest float64, times 2^63 additions. */
    private static final int DIGITS = (SCALE + 2 * 1024 + 64) / DIGIT + 2;

    private static final int MOST_PENDING = 1 << 30;
    private static final int FRACTION = 52;

    private final long[] digits = new long[DIGITS];
    private int pending;

    /** Adds a finite value. */
    public void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        add(0, mantissa(bits), exponent(bits), bits < 0);
    }

    /** Adds the square of a finite value. */
    public void addSquare(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long mantissa = mantissa(bits);
        add(Math.multiplyHigh(mantissa, mantissa), mantissa * mantissa, 2 * exponent(bits), false);
    }

    private static long mantissa(long bits) {
        long fraction = bits & (1L << FRACTION) - 1;
        return (bits >>> FRACTION & 0x7ff) == 0 ? fraction : fraction | 1L << FRACTION;
    }

    /** The power of two that the mantissa counts. */
    private static int exponent(long bits) {
        return Math.max((int) (bits >>> FRACTION & 0x7ff), 1) - 1075;
    }

    private void add(long high, long low, int exponent, boolean negative) {
        if (++pending == MOST_PENDING) {
            carry();
        }
        int place = exponent + SCALE;
        int digit = place / DIGIT;
        int shift = place % DIGIT;
        long shiftedLow = low << shift;
        long shiftedHigh = high << shift | (shift == 0 ? 0 : low >>> Long.SIZE - shift);
        long beyond = shift == 0 ? 0 : high >>> Long.SIZE - shift;
        if (negative) {
            digits[digit] -= shiftedLow & DIGIT_MASK;
            digits[digit + 1] -= shiftedLow >>> DIGIT;
            digits[digit + 2] -= shiftedHigh & DIGIT_MASK;
            digits[digit + 3] -= shiftedHigh >>> DIGIT;
            digits[digit + 4] -= beyond;
        } else {
            digits[digit] += shiftedLow & DIGIT_MASK;
            digits[digit + 1] += shiftedLow >>> DIGIT;
            digits[digit + 2] += shiftedHigh & DIGIT_MASK;
            digits[digit + 3] += shiftedHigh >>> DIGIT;
            digits[digit + 4] += beyond;
        }
    }

    /** Moves what exceeds a digit into the next, so that all but the last fit 32 bits again. */
    private void carry() {
        for (int i = 0; i + 1 < DIGITS; i++) {
            digits[i + 1] += digits[i] >> DIGIT;
            digits[i] &= DIGIT_MASK;
        }
        pending = 1;
    }

    /** Adds what another one has summed up. */
    public void merge(ExactSum other) {
        carry();
        other.carry();
        for (int i = 0; i < DIGITS; i++) {
            digits[i] += other.digits[i];
        }
        pending = 2;
    }

    /** The sum times 2^{@link #SCALE}. */
    public BigInteger value() {
        BigInteger value = BigInteger.ZERO;
        for (int i = DIGITS - 1; i >= 0; i--) {
            value = value.shiftLeft(DIGIT).add(BigInteger.valueOf(digits[i]));
        }
        return value;
    }
}
