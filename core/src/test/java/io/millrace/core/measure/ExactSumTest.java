package io.millrace.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fixed words and what is carried out of them are together the exact sum. */
class ExactSumTest {
    @Test
    void doublesOfEverySizeAddUpExactly() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            GroupRows rows = new GroupRows();
            WideSums wide = new WideSums();
            FixedSum sum =
                    new FixedSum(rows, wide, NumberUnits.of(DataType.FLOAT64).wideShift());
            rows.append();
            BigDecimal exact = BigDecimal.ZERO;
            for (int i = 0; i < 200; i++) {
                double value = Math.scalb(random.nextGaussian(), random.nextInt(130) - 80);
                if (random.nextInt(4) == 0) {
                    value = Math.rint(value);
                }
                exact = exact.add(new BigDecimal(value));
                if (!sum.add(rows.words(), 0, value)) {
                    Wide part = wide.of(0);
                    part.sum = part.sum.add(NumberUnits.wide(value));
                }
            }
            BigInteger total = NumberUnits.of(DataType.FLOAT64)
                    .total(sum.big(0), wide.find(0) == null ? BigInteger.ZERO : wide.find(0).sum);
            assertThat(new BigDecimal(total))
                    .as("seed %d", seed)
                    .isEqualByComparingTo(exact.multiply(new BigDecimal(BigInteger.TWO.pow(1074))));
        }
    }

    @Test
    void moneyRatingsAndProbabilitiesFitTheFixedWords() {
        GroupRows rows = new GroupRows();
        FixedSum sum = new FixedSum(rows, new WideSums(), 994);
        rows.append();
        for (double value : new double[] {19.99, 0.1, 1e-8, 4.5, 1e13, 0.000123, -7.25, 0.0, -0.0}) {
            assertThat(sum.add(rows.words(), 0, value)).as("%s", value).isTrue();
        }
        for (double value : new double[] {1e14, 1e-9, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThat(sum.add(rows.words(), 0, value)).as("%s", value).isFalse();
        }
    }

    @Test
    void anOverflowIsCarriedOut() {
        GroupRows rows = new GroupRows();
        WideSums wide = new WideSums();
        FixedSum sum = new FixedSum(rows, wide, 0);
        FixedSquares squares = new FixedSquares(rows, wide, 0);
        rows.append();
        BigInteger exact = BigInteger.ZERO;
        BigInteger exactSquares = BigInteger.ZERO;
        for (int i = 0; i < 1_000; i++) {
            sum.add(rows.words(), 0, Long.MAX_VALUE - i, i);
            exact = exact.add(FixedSum.big(Long.MAX_VALUE - i, i));
            squares.addSquare(rows.words(), 0, (1L << 53) - 1 - i, 73);
            BigInteger shifted = BigInteger.valueOf((1L << 53) - 1 - i).shiftLeft(73);
            exactSquares = exactSquares.add(shifted.multiply(shifted));
        }
        assertThat(sum.big(0).add(wide.of(0).sum)).isEqualTo(exact);
        assertThat(squares.big(0).add(wide.of(0).squares)).isEqualTo(exactSquares);
    }

    @Test
    void squaresOfLongsAreExact() {
        GroupRows rows = new GroupRows();
        WideSums wide = new WideSums();
        FixedSquares squares = new FixedSquares(rows, wide, 0);
        rows.append();
        Random random = new Random(3);
        BigInteger exact = BigInteger.ZERO;
        for (int i = 0; i < 2_000; i++) {
            long value = i == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
            squares.addSquare(rows.words(), 0, value, 0);
            exact = exact.add(BigInteger.valueOf(value).pow(2));
        }
        assertThat(squares.big(0)).isEqualTo(exact);
    }
}
