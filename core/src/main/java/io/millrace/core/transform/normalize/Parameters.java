package io.millrace.core.transform.normalize;

import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.core.learned.Learned;
import io.millrace.core.learned.Learner;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.ValueLearner;
import java.util.Map;
import java.util.Optional;

/** Checks that rules share. */
final class Parameters {
    private Parameters() {}

    /** Refuses parameters that are neither given nor learned, or both. */
    static void requireOneOf(String names, boolean given, Optional<String> fit) {
        if (given == fit.isPresent()) {
            throw new IllegalArgumentException(
                    given
                            ? "has both " + names + " and fit; remove one of them"
                            : "needs " + names + ", or  fit: FILE  to learn what  millrace fit  finds");
        }
        fit.filter(String::isBlank).ifPresent(blank -> {
            throw new InvalidSetting("fit", "must name a file");
        });
    }

    static void requireFinite(String key, Optional<Double> value) {
        if (value.isPresent() && !Double.isFinite(value.get())) {
            throw new InvalidSetting(key, "must be a finite number");
        }
    }

    /** Two numbers, where both are given. */
    static Optional<Learned> numbers(String one, Optional<Double> first, String other, Optional<Double> second) {
        return first.isPresent() && second.isPresent()
                ? Optional.of(Learned.ofNumbers(Map.of(one, first.get(), other, second.get())))
                : Optional.empty();
    }

    static NumberLearner numbers(Learner learner) {
        NumberLearner numbers = (NumberLearner) learner;
        if (numbers.isEmpty()) {
            throw MillraceException.user("there is no finite value to learn from");
        }
        return numbers;
    }

    static Learned vocabulary(Learner learner) {
        ValueLearner values = (ValueLearner) learner;
        if (values.isEmpty()) {
            throw MillraceException.user("there is no value to learn from");
        }
        return Learned.of(values.vocabulary());
    }

    /** A divisor that is not zero: where all values were the same, 1, so that they become 0. */
    static double divisor(double spread) {
        if (!Double.isFinite(spread)) {
            throw MillraceException.user("the values spread over more than float64 can express");
        }
        return spread == 0 ? 1 : spread;
    }
}
