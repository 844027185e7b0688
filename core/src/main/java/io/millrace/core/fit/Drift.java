package io.millrace.core.fit;

import io.millrace.api.data.DataType;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.NumberStatistics;
import io.millrace.core.learned.Statistics;
import io.millrace.core.learned.ValueLearner;
import io.millrace.core.learned.ValueStatistics;
import io.millrace.core.learned.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * How the values of today differ from those that a fit file was learned from.
 *
 * @param path of the fit file, as the pipeline file has it
 * @param index the population stability index
 * @param nullRateBefore the share of rows that were null, and below what it is now
 * @param meanShift the mean's way in standard deviations of before; empty where there are no numbers, or no deviation
 * @param newValues values that the vocabulary does not have; empty for numbers
 */
public record Drift(
        String path,
        List<String> columns,
        String kind,
        double index,
        double nullRateBefore,
        double nullRateNow,
        Optional<Double> meanBefore,
        Optional<Double> meanNow,
        Optional<Double> meanShift,
        Optional<NewValues> newValues) {
    /**
     * Values outside of the vocabulary.
     *
     * @param distinct of them, those that were not learned because they were rare included
     * @param share of all values
     * @param examples the most frequent ones
     */
    public record NewValues(long distinct, double shareBefore, double share, List<String> examples) {
        public NewValues {
            examples = List.copyOf(examples);
        }
    }

    public Drift {
        columns = List.copyOf(columns);
    }

    /** Learns what can be compared with a file. */
    static Learner learner(FitFile stored, DataType type) {
        if (stored.statistics() instanceof NumberStatistics numbers) {
            return new NumberLearner(numbers.bins().edges().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray());
        }
        return new ValueLearner(type, stored.kind(), 1, Integer.MAX_VALUE);
    }

    static Drift of(String path, FitFile stored, Learner current) {
        Statistics now = current.statistics();
        return stored.statistics() instanceof NumberStatistics before
                ? ofNumbers(path, stored, before, (NumberStatistics) now)
                : ofValues(path, stored, (ValueStatistics) stored.statistics(), (ValueLearner) current);
    }

    private static Drift ofNumbers(String path, FitFile stored, NumberStatistics before, NumberStatistics now) {
        Optional<Double> shift = before.stddev() == 0 || now.finite() == 0
                ? Optional.empty()
                : Optional.of((now.mean() - before.mean()) / before.stddev());
        return new Drift(
                path,
                stored.columns(),
                stored.kind(),
                StabilityIndex.of(counts(before), counts(now)),
                before.nullRate(),
                now.nullRate(),
                Optional.of(before.mean()),
                now.finite() == 0 ? Optional.empty() : Optional.of(now.mean()),
                shift,
                Optional.empty());
    }

    /** The bins, then what is not finite, then nulls. */
    private static long[] counts(NumberStatistics numbers) {
        List<Long> bins = numbers.bins().counts();
        long[] counts = new long[bins.size() + 2];
        for (int i = 0; i < bins.size(); i++) {
            counts[i] = bins.get(i);
        }
        counts[bins.size()] = numbers.nan() + numbers.infinite();
        counts[bins.size() + 1] = numbers.nulls();
        return counts;
    }

    private static Drift ofValues(String path, FitFile stored, ValueStatistics before, ValueLearner current) {
        Vocabulary vocabulary = stored.learned().vocabulary().orElseThrow();
        ValueStatistics now = current.statistics();
        KnownValues known = KnownValues.of(vocabulary, current);
        return new Drift(
                path,
                stored.columns(),
                stored.kind(),
                StabilityIndex.of(
                        KnownValues.binned(vocabulary, before.outside(), before.nulls()), known.binned(now.nulls())),
                before.nullRate(),
                now.nullRate(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new NewValues(
                        known.newDistinct(),
                        share(before.outside(), before.values()),
                        share(known.newCount(), now.values()),
                        known.examples())));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
