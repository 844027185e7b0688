package io.millrace.core.transform.normalize;

import io.millrace.api.Setting;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberStatistics;
import java.util.Map;
import java.util.Optional;

/** Centers numbers at their mean, in units of their standard deviation. */
public record ZScore(
        @Setting(value = "The value that becomes 0.", example = "20.5") Optional<Double> mean,
        @Setting(value = "The distance that becomes 1.", example = "4.2") Optional<Double> stddev,
        @Setting(
                        value =
                                "The file with mean and stddev as learned by millrace fit, relative to the pipeline file.",
                        example = "state/price.json")
                Optional<String> fit)
        implements CenteredRule {
    private static final String MEAN = "mean";
    private static final String STDDEV = "stddev";

    public ZScore {
        CenteredRule.check(MEAN, mean, STDDEV, stddev, fit);
    }

    @Override
    public String kind() {
        return "z_score";
    }

    @Override
    public Optional<Learned> given() {
        return Parameters.numbers(MEAN, mean, STDDEV, stddev);
    }

    @Override
    public Learned learn(Learner learner) {
        NumberStatistics seen = Parameters.numbers(learner).statistics();
        return Learned.ofNumbers(Map.of(MEAN, seen.mean(), STDDEV, seen.stddev()));
    }

    @Override
    public String center() {
        return MEAN;
    }

    @Override
    public String distance() {
        return STDDEV;
    }
}
