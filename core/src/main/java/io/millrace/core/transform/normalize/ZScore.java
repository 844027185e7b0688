package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.NumberReader;
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
        implements Rule {
    private static final String MEAN = "mean";
    private static final String STDDEV = "stddev";

    public ZScore {
        Parameters.requireFinite(MEAN, mean);
        Parameters.requireFinite(STDDEV, stddev);
        Parameters.requireOneOf("mean and stddev", mean.isPresent() || stddev.isPresent(), fit);
        if (mean.isPresent() != stddev.isPresent()) {
            throw new IllegalArgumentException("needs both mean and stddev");
        }
        if (stddev.isPresent() && stddev.get() <= 0) {
            throw new InvalidSetting(STDDEV, "must be above 0");
        }
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
    public Learner learner(DataType type) {
        NumberReader.require(type, kind());
        return new NumberLearner();
    }

    @Override
    public Learned learn(Learner learner) {
        NumberStatistics seen = Parameters.numbers(learner).statistics();
        return Learned.ofNumbers(Map.of(MEAN, seen.mean(), STDDEV, seen.stddev()));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new ScaleKernel(
                input,
                name,
                kind(),
                ScaleKernel.Steps.centered(
                        parameters.numbers().get(MEAN),
                        Parameters.divisor(parameters.numbers().get(STDDEV))));
    }
}
