package io.millrace.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Approximate measures keep the error that they document. */
class SketchErrorTest {
    @Test
    void distinctCountsAreWithinFiveStandardErrors() {
        for (int size : new int[] {0, 1, 2, 10, 100, 512, 513, 1_000, 5_000, 20_000, 100_000, 1_000_000}) {
            double squares = 0;
            int rounds = size > 50_000 ? 4 : 40;
            for (int round = 0; round < rounds; round++) {
                HyperLogLog sketch = new HyperLogLog();
                for (long value = 0; value < size; value++) {
                    sketch.add(hash(value + (long) round << 32));
                }
                double error = size == 0 ? sketch.estimate() : (sketch.estimate() - size) / (double) size;
                assertThat(Math.abs(error))
                        .as("%d values, round %d", size, round)
                        .isLessThan(5 * 0.01625);
                squares += error * error;
            }
            assertThat(Math.sqrt(squares / rounds))
                    .as("%d values, %d rounds", size, rounds)
                    .isLessThan(1.7 * 0.01625);
        }
    }

    private static long hash(long value) {
        OrderedBytes bytes = new OrderedBytes();
        bytes.appendSigned(value);
        return StableHash.hash(bytes.bytes(), 0, bytes.length(), StableHash.SKETCH_SEED);
    }

    @Test
    void registersDependOnTheValuesOnly() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            HyperLogLog whole = new HyperLogLog();
            HyperLogLog[] parts = {new HyperLogLog(), new HyperLogLog(), new HyperLogLog()};
            for (int i = random.nextInt(3_000); i > 0; i--) {
                long hash = hash(random.nextInt(2_000));
                whole.add(hash);
                parts[random.nextInt(3)].add(hash);
            }
            HyperLogLog merged = new HyperLogLog();
            for (HyperLogLog part : parts) {
                OrderedBytes state = new OrderedBytes();
                part.write(state);
                merged.merge(state.bytes(), 0, state.length());
            }
            OrderedBytes one = new OrderedBytes();
            OrderedBytes other = new OrderedBytes();
            whole.write(one);
            merged.write(other);
            assertThat(other.copy()).isEqualTo(one.copy());
            assertThat(merged.estimate()).isEqualTo(whole.estimate());
        }
    }

    @Test
    void quantilesAreWithinFourThousandthsOfTheValueOfTheirRank() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            double[] values = new double[1 + random.nextInt(3_000)];
            LogBuckets buckets = new LogBuckets(false);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(5) == 0
                        ? 0
                        : Math.exp(random.nextGaussian() * 5) * (random.nextInt(3) == 0 ? -1 : 1);
                buckets.add(values[i]);
            }
            Arrays.sort(values);
            for (double quantile : new double[] {0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.99, 0.999, 1}) {
                int rank = (int) Math.max(Math.ceil(quantile * values.length), 1);
                double exact = values[rank - 1];
                assertThat(Math.abs(buckets.quantile(quantile) - exact))
                        .as("seed %d, quantile %s", seed, quantile)
                        .isLessThanOrEqualTo(Math.abs(exact) / 256);
            }
        }
    }

    @Test
    void quantilesOfSmallWholeNumbersZerosAndInfinitiesAreExact() {
        LogBuckets whole = new LogBuckets(true);
        for (int value = -300; value <= 300; value++) {
            whole.add(value);
        }
        assertThat(whole.quantile(101 / 601.0)).isEqualTo(-200);
        assertThat(whole.quantile(0.5)).isZero();
        assertThat(whole.quantile(501 / 601.0)).isEqualTo(200);
        LogBuckets special = new LogBuckets(false);
        for (double value : new double[] {Double.NEGATIVE_INFINITY, -1, 0, Double.POSITIVE_INFINITY, Double.NaN}) {
            special.add(value);
        }
        assertThat(special.quantile(0.2)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(special.quantile(0.6)).isZero();
        assertThat(special.quantile(0.8)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(special.quantile(1)).isNaN();
    }
}
