package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.NumberReader;
import io.millrace.core.learned.Quantiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Moves numbers outside of a range to its nearest bound. The type stays. */
public record Clip(
        @Setting(value = "Smaller values become it.", example = "0") Optional<Double> min,
        @Setting(value = "Greater values become it.", example = "100") Optional<Double> max,
        @Setting(
                        value = "The file with min and max as learned by millrace fit, relative to the pipeline file.",
                        example = "state/price.json")
                Optional<String> fit,
        @Setting(value = "With fit: the quantile that is learned as min; absent: 0.01.", example = "0.01")
                Optional<Double> lower,
        @Setting(value = "With fit: the quantile that is learned as max; absent: 0.99.", example = "0.99")
                Optional<Double> upper)
        implements Rule {
    static final String MIN = "min";
    static final String MAX = "max";
    private static final double LOWER = 0.01;
    private static final double UPPER = 0.99;

    public Clip {
        Parameters.requireFinite(MIN, min);
        Parameters.requireFinite(MAX, max);
        Parameters.requireOneOf("min or max", min.isPresent() || max.isPresent(), fit);
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            throw new InvalidSetting(MIN, "must not be above max");
        }
        if (fit.isEmpty() && (lower.isPresent() || upper.isPresent())) {
            throw new IllegalArgumentException("lower and upper are quantiles to learn, and need  fit: FILE");
        }
        double low = lower.orElse(LOWER);
        double high = upper.orElse(UPPER);
        if (!(low >= 0 && low < high && high <= 1)) {
            throw new IllegalArgumentException("lower and upper must be shares from 0 to 1, lower below upper");
        }
    }

    @Override
    public String kind() {
        return "clip";
    }

    @Override
    public Optional<Learned> given() {
        Map<String, Double> bounds = new HashMap<>();
        min.ifPresent(bound -> bounds.put(MIN, bound));
        max.ifPresent(bound -> bounds.put(MAX, bound));
        return fit.isPresent() ? Optional.empty() : Optional.of(Learned.ofNumbers(bounds));
    }

    @Override
    public Map<String, String> learnedWith() {
        return Map.of(
                "lower", lower.orElse(LOWER).toString(),
                "upper", upper.orElse(UPPER).toString());
    }

    @Override
    public Learner learner(DataType type) {
        NumberReader.require(type, kind());
        return new NumberLearner();
    }

    @Override
    public Learned learn(Learner learner) {
        Quantiles seen = Parameters.numbers(learner).quantiles();
        return Learned.ofNumbers(Map.of(MIN, seen.at(lower.orElse(LOWER)), MAX, seen.at(upper.orElse(UPPER))));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new ClipKernel(
                input,
                name,
                Optional.ofNullable(parameters.numbers().get(MIN)),
                Optional.ofNullable(parameters.numbers().get(MAX)));
    }
}
