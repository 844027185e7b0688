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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves a range of numbers to another one. */
public record MinMax(
        @Setting(value = "The value that becomes the low end of the range.", example = "0") Optional<Double> min,
        @Setting(value = "The value that becomes the high end of the range.", example = "5") Optional<Double> max,
        @Setting(
                        value = "The file with min and max as learned by millrace fit, relative to the pipeline file.",
                        example = "state/price.json")
                Optional<String> fit,
        @Setting(value = "The low and the high end of the results.", defaultValue = "[0, 1]", example = "[-1, 1]")
                List<Double> range,
        @Setting(
                        value = "Whether results of values outside min and max are moved to the nearest end.",
                        defaultValue = "false")
                boolean clamp)
        implements Rule {
    private static final String MIN = "min";
    private static final String MAX = "max";

    public MinMax {
        range = List.copyOf(range);
        Parameters.requireFinite(MIN, min);
        Parameters.requireFinite(MAX, max);
        if (fit.isPresent() || min.isEmpty() || max.isEmpty()) {
            Parameters.requireOneOf("min and max", min.isPresent() || max.isPresent(), fit);
            if (fit.isEmpty()) {
                throw new IllegalArgumentException("needs both min and max");
            }
        } else if (min.get() >= max.get()) {
            throw new InvalidSetting(MIN, "must be below max");
        }
        if (range.size() != 2 || !(range.get(0) < range.get(1)) || !Double.isFinite(range.get(1) - range.get(0))) {
            throw new InvalidSetting("range", "must be two numbers, the lower one first, such as [-1, 1]");
        }
    }

    @Override
    public String kind() {
        return "min_max";
    }

    @Override
    public Optional<Learned> given() {
        return Parameters.numbers(MIN, min, MAX, max);
    }

    @Override
    public Learner learner(DataType type) {
        NumberReader.require(type, kind());
        return new NumberLearner();
    }

    @Override
    public Learned learn(Learner learner) {
        NumberStatistics seen = Parameters.numbers(learner).statistics();
        return Learned.ofNumbers(Map.of(MIN, seen.min(), MAX, seen.max()));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        double from = parameters.numbers().get(MIN);
        double low = range.get(0);
        double high = range.get(1);
        ScaleKernel.Steps steps = ScaleKernel.Steps.centered(
                        from, Parameters.divisor(parameters.numbers().get(MAX) - from))
                .multiplied(high - low, low);
        return new ScaleKernel(input, name, kind(), clamp ? steps.within(low, high) : steps);
    }
}
