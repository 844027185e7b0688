package io.millrace.core.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Exact numbers become the nearest double, as BigDecimal finds it by its digits. */
class RoundingTest {
    private static final MathContext ALL_DIGITS = new MathContext(2_600);

    @Test
    void sumsAreRoundedOnce() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            long high = random.nextLong() >> random.nextInt(64);
            long low = random.nextInt(4) == 0 ? 0 : random.nextLong() >>> random.nextInt(64);
            BigDecimal exact =
                    new BigDecimal(big(high, low)).divide(new BigDecimal(BigInteger.TWO.pow(80)), ALL_DIGITS);
            assertThat(Rounding.toDouble(high, low, -80))
                    .as("%d, %d", high, low)
                    .isEqualTo(exact.doubleValue());
        }
        assertThat(Rounding.toDouble(Long.MIN_VALUE, 0, 0)).isEqualTo(-0x1p127);
    }

    private static BigInteger big(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }

    @Test
    void rootsOfAnySizeAreRoundedOnce() {
        Random random = new Random(13);
        for (int i = 0; i < 300; i++) {
            BigInteger numerator = new BigInteger(1 + random.nextInt(2_000), random);
            BigInteger denominator = new BigInteger(1 + random.nextInt(200), random).add(BigInteger.ONE);
            int exponent = -random.nextInt(1_800);
            BigDecimal exact = new BigDecimal(numerator)
                    .divide(new BigDecimal(denominator), ALL_DIGITS)
                    .multiply(BigDecimal.valueOf(0.5).pow(-exponent), ALL_DIGITS)
                    .sqrt(new MathContext(60));
            assertThat(Rounding.squareRoot(numerator, denominator, exponent))
                    .as("root of %s / %s * 2^%d", numerator, denominator, exponent)
                    .isEqualTo(exact.doubleValue());
        }
        assertThat(Rounding.squareRoot(BigInteger.valueOf(9), BigInteger.valueOf(4), -4))
                .isEqualTo(0.375);
        assertThat(Rounding.squareRoot(BigInteger.TWO, BigInteger.ONE, 0)).isEqualTo(Math.sqrt(2));
    }

    @Test
    void tiesGoToTheEvenNeighbour() {
        long odd = (1L << 53) + 1;
        assertThat(Rounding.toDouble(0, odd, 0)).isEqualTo(0x1p53);
        assertThat(Rounding.toDouble(0, odd + 2, 0)).isEqualTo(0x1p53 + 4);
        assertThat(Rounding.toDouble(-1, -odd, 0)).isEqualTo(-0x1p53);
        assertThat(Rounding.toDouble(BigInteger.valueOf(odd), BigInteger.ONE, 0))
                .isEqualTo(0x1p53);
        // One more, however far below, and it is no tie.
        assertThat(Rounding.toDouble(odd, 1, -64)).isEqualTo(0x1p53 + 2);
    }

    @Test
    void quotientsOfAnySizeAreRoundedOnce() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            BigInteger numerator = new BigInteger(1 + random.nextInt(2_000), random).negate();
            BigInteger denominator = new BigInteger(1 + random.nextInt(200), random).add(BigInteger.ONE);
            int exponent = -random.nextInt(2_148);
            BigDecimal exact = new BigDecimal(numerator)
                    .divide(new BigDecimal(denominator), ALL_DIGITS)
                    .multiply(BigDecimal.valueOf(0.5).pow(-exponent), ALL_DIGITS);
            assertThat(Rounding.toDouble(numerator, denominator, exponent) + 0.0)
                    .as("%s / %s * 2^%d", numerator, denominator, exponent)
                    .isEqualTo(exact.doubleValue() + 0.0);
        }
        assertThat(Rounding.toDouble(BigInteger.ONE, BigInteger.TWO, -1074)).isZero();
        assertThat(Rounding.toDouble(BigInteger.valueOf(3), BigInteger.TWO, -1074))
                .isEqualTo(2 * Double.MIN_VALUE);
        assertThat(Rounding.toDouble(BigInteger.ONE, BigInteger.ONE, 1024)).isInfinite();
    }
}
