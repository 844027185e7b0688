package io.millrace.core.transform.normalize;

import io.millrace.api.Setting;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
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
        implements CenteredRule {
    private static final String MEDIAN = "median";
    private static final String IQR = "iqr";

    public Robust {
        CenteredRule.check(MEDIAN, median, IQR, iqr, fit);
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
    public Learned learn(Learner learner) {
        Quantiles seen = Parameters.numbers(learner).quantiles();
        return Learned.ofNumbers(Map.of(MEDIAN, seen.at(0.5), IQR, seen.at(0.75) - seen.at(0.25)));
    }

    @Override
    public String center() {
        return MEDIAN;
    }

    @Override
    public String distance() {
        return IQR;
    }
}
