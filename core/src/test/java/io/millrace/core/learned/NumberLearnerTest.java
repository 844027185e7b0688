package io.millrace.core.learned;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.NullBitmap;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberLearnerTest {
    @Test
    void countsApartWhatIsNotANumber() {
        double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, 99, -0.0, Double.NEGATIVE_INFINITY, 3};
        NumberLearner learner = new NumberLearner();
        learner.add(DoubleColumn.of(values.length, NullBitmap.of(new long[] {1L << 3}), values));
        NumberStatistics found = learner.statistics();
        assertThat(found.rows()).isEqualTo(7);
        assertThat(found.nulls()).isEqualTo(1);
        assertThat(found.nan()).isEqualTo(1);
        assertThat(found.infinite()).isEqualTo(2);
        assertThat(found.min()).isEqualTo(0.0);
        assertThat(found.max()).isEqualTo(3.0);
        assertThat(found.mean()).isEqualTo(4.0 / 3);
        assertThat(found.quantiles().get(0.5)).isEqualTo(1.0);
    }

    @Test
    void meanAndDeviationAreExactWhateverTheOrderAndTheSplits() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Double> values = new ArrayList<>();
            for (int i = 1 + random.nextInt(200); i > 0; i--) {
                values.add(value(random));
            }
            NumberStatistics whole = learned(values).statistics();
            Collections.shuffle(values, random);
            int cut = random.nextInt(values.size() + 1);
            NumberLearner parts = learned(values.subList(0, cut));
            parts.merge(learned(values.subList(cut, values.size())));
            assertThat(parts.statistics()).as("seed %d", seed).isEqualTo(whole);

            BigDecimal count = BigDecimal.valueOf(values.size());
            BigDecimal sum = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal squares = values.stream()
                    .map(BigDecimal::new)
                    .map(x -> x.multiply(x))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            MathContext digits = new MathContext(60);
            assertThat(whole.mean())
                    .as("seed %d", seed)
                    .isEqualTo(sum.divide(count, digits).doubleValue());
            BigDecimal variance =
                    squares.multiply(count).subtract(sum.multiply(sum)).divide(count.multiply(count), digits);
            assertThat(whole.stddev())
                    .as("seed %d", seed)
                    .isEqualTo(variance.sqrt(digits).doubleValue());
        }
    }

    /** Of all magnitudes, so that naive sums lose digits. */
    private static double value(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(10);
            case 1 -> (random.nextDouble() - 0.5) * 1e300;
            case 2 -> random.nextGaussian() * 1e-200;
            case 3 -> random.nextGaussian() * 1e16;
            case 4 -> random.nextInt(100_000) / 100.0;
            default -> 0.1;
        };
    }

    @Test
    void theLeastAndTheGreatestNumbersAreSummedExactly() {
        NumberLearner learner = learned(List.of(Double.MAX_VALUE, Double.MAX_VALUE, Double.MIN_VALUE));
        assertThat(learner.statistics().mean())
                .isEqualTo(new BigDecimal(Double.MAX_VALUE)
                        .multiply(BigDecimal.valueOf(2))
                        .divide(BigDecimal.valueOf(3), new MathContext(60))
                        .doubleValue());
        assertThat(learned(List.of(Double.MIN_VALUE, Double.MIN_VALUE))
                        .statistics()
                        .mean())
                .isEqualTo(Double.MIN_VALUE);
        assertThat(learned(List.of(1e308, -1e308, 1.5)).statistics().mean()).isEqualTo(0.5);
    }

    @Test
    void quantilesInterpolateLikeTypeSeven() {
        NumberLearner learner = learned(List.of(4.0, 1.0, 3.0, 2.0));
        assertThat(learner.quantiles().at(0.5)).isEqualTo(2.5);
        assertThat(learner.quantiles().at(0.25)).isEqualTo(1.75);
        assertThat(learner.quantiles().at(0)).isEqualTo(1.0);
        assertThat(learner.quantiles().at(1)).isEqualTo(4.0);
        assertThat(learner.statistics().quantileMethod()).isEqualTo("exact");
    }

    @Test
    void equalValuesHaveABinOfTheirOwn() {
        List<Double> values = new ArrayList<>(Collections.nCopies(90, 5.0));
        values.addAll(Collections.nCopies(4, 7.0));
        values.addAll(Collections.nCopies(3, 1.0));
        assertThat(learned(values).statistics().bins())
                .isEqualTo(new Bins(List.of(5.0, Math.nextUp(5.0)), List.of(3L, 90L, 4L)));
        assertThat(learned(List.of(5.0, 5.0)).statistics().bins()).isEqualTo(new Bins(List.of(), List.of(2L)));
    }

    @Test
    void manyValuesGoIntoBucketsThatDependOnTheValuesAlone() {
        Random random = new Random(7);
        double[] values = new double[QuantileCounter.EXACT + 1000];
        Arrays.setAll(values, i -> (random.nextInt(10) == 0 ? -1 : 1) * Math.exp(4 * random.nextGaussian()));
        NumberLearner forwards = new NumberLearner();
        forwards.add(DoubleColumn.of(values.length, NullBitmap.NONE, values));
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        NumberLearner one = new NumberLearner();
        NumberLearner other = new NumberLearner();
        int cut = 300_000;
        one.add(DoubleColumn.of(cut, NullBitmap.NONE, sorted));
        other.add(
                DoubleColumn.of(sorted.length - cut, NullBitmap.NONE, Arrays.copyOfRange(sorted, cut, sorted.length)));
        one.merge(other);
        NumberStatistics found = forwards.statistics();
        assertThat(one.statistics()).isEqualTo(found);
        assertThat(found.quantileMethod()).startsWith("log buckets");
        for (Map.Entry<Double, Double> quantile : found.quantiles().entrySet()) {
            double exact = sorted[(int) (quantile.getKey() * (sorted.length - 1))];
            assertThat(quantile.getValue())
                    .as("quantile %s", quantile.getKey())
                    .isBetween(exact - Math.abs(exact) * 0.001, exact + Math.abs(exact) * 0.001);
        }
        NumberLearner compared = new NumberLearner(
                found.bins().edges().stream().mapToDouble(Double::doubleValue).toArray());
        compared.add(DoubleColumn.of(sorted.length, NullBitmap.NONE, sorted));
        assertThat(compared.statistics().bins()).isEqualTo(found.bins());
    }

    private static NumberLearner learned(List<Double> values) {
        NumberLearner learner = new NumberLearner();
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        learner.add(DoubleColumn.of(array.length, NullBitmap.NONE, array));
        return learner;
    }
}
