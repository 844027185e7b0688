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
import java.util.Map;
import java.util.Optional;

/** Centers numbers at their median, in units of the distance between their quartiles: outliers hardly count. */
public record Robust(
        @Setting(value = "The value that becomes 0.", example = "18") Optional<Double> median,
        @Setting(value = "The distance that becomes 1.", example = "9.5") Optional<Double> iqr,
        @Setting(
                        value =
                                "The file with median and iqr as learned by millrace fit, relative to the pipeline file.",
                        example = "state/price.json")
                Optional<String> fit)
        implements Rule {
    private static final String MEDIAN = "median";
    private static final String IQR = "iqr";

    public Robust {
        Parameters.requireFinite(MEDIAN, median);
        Parameters.requireFinite(IQR, iqr);
        Parameters.requireOneOf("median and iqr", median.isPresent() || iqr.isPresent(), fit);
        if (median.isPresent() != iqr.isPresent()) {
            throw new IllegalArgumentException("needs both median and iqr");
        }
        if (iqr.isPresent() && iqr.get() <= 0) {
            throw new InvalidSetting(IQR, "must be above 0");
        }
    }

    @Override
    public String kind() {
        return "robust";
    }

    @Override
    public Optional<Learned> given() {
        return Parameters.numbers(MEDIAN, median, IQR, iqr);
    }

    @Override
    public Learner learner(DataType type) {
        NumberReader.require(type, kind());
        return new NumberLearner();
    }

    @Override
    public Learned learn(Learner learner) {
        Quantiles seen = Parameters.numbers(learner).quantiles();
        return Learned.ofNumbers(Map.of(MEDIAN, seen.at(0.5), IQR, seen.at(0.75) - seen.at(0.25)));
    }

    @Override
    public Kernel kernel(Field input, String name, Learned parameters) {
        return new ScaleKernel(
                input,
                name,
                kind(),
                ScaleKernel.Steps.centered(
                        parameters.numbers().get(MEDIAN),
                        Parameters.divisor(parameters.numbers().get(IQR))));
    }
}
