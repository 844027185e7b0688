package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.NumberReader;
import java.util.Optional;

/** Moves numbers so that a center becomes 0 and a distance 1. */
sealed interface CenteredRule extends Rule permits ZScore, Robust {
    /** What the center is called among the parameters. */
    String center();

    /** What the distance is called. */
    String distance();

    /** Refuses a center and a distance that are not both there, or not both in a fit file. */
    static void check(
            String center, Optional<Double> from, String distance, Optional<Double> unit, Optional<String> fit) {
        Parameters.requireFinite(center, from);
        Parameters.requireFinite(distance, unit);
        String both = center + " and " + distance;
        Parameters.requireOneOf(both, from.isPresent() || unit.isPresent(), fit);
        if (from.isPresent() != unit.isPresent()) {
            throw new IllegalArgumentException("needs both " + both);
        }
        if (unit.isPresent() && unit.get() <= 0) {
            throw new InvalidSetting(distance, "must be above 0");
        }
    }

    @Override
    default Learner learner(DataType type) {
        NumberReader.require(type, kind());
        return new NumberLearner();
    }

    @Override
    default Kernel kernel(Field input, String name, Learned parameters) {
        double from = parameters.numbers().get(center());
        double unit = Parameters.divisor(parameters.numbers().get(distance()));
        return new ScaleKernel(input, name, kind(), ScaleKernel.Steps.centered(from, unit));
    }
}
