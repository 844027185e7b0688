package io.millrace.core.fit;

import io.millrace.api.data.DataType;
import io.millrace.core.learned.Learner;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.transform.normalize.Normalize;
import io.millrace.core.transform.normalize.PlannedRule;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * What one reading of the source can learn: the rules of neighbouring {@code normalize} steps.
 *
 * @param before the steps that rows go through first
 * @param end the place behind the last neighbour
 * @param tail the neighbours
 * @param wanted the rules to learn from
 * @param open whether a rule still has no parameters: rows do not go through it
 * @param learner an empty learner for a rule and a column's type; a user error where the type does not fit
 */
record FitPass(
        List<StepDefinition> before,
        int end,
        List<StepDefinition> tail,
        Predicate<PlannedRule> wanted,
        Predicate<PlannedRule> open,
        BiFunction<PlannedRule, DataType, Learner> learner) {
    /** The pass that begins at the first step, from a place on, which has a wanted rule; empty where none has. */
    static Optional<FitPass> from(
            int place,
            List<StepDefinition> steps,
            Predicate<PlannedRule> wanted,
            Predicate<PlannedRule> open,
            BiFunction<PlannedRule, DataType, Learner> learner) {
        int start = place;
        while (start < steps.size() && rules(steps.get(start)).stream().noneMatch(wanted)) {
            start++;
        }
        int end = start;
        while (end < steps.size() && normalize(steps.get(end)).isPresent()) {
            end++;
        }
        return start == steps.size()
                ? Optional.empty()
                : Optional.of(
                        new FitPass(steps.subList(0, start), end, steps.subList(start, end), wanted, open, learner));
    }

    /** The step's transform where it is a {@code normalize}. */
    static Optional<Normalize> normalize(StepDefinition step) {
        return step instanceof StepDefinition.RowStep row && row.transform() instanceof Normalize found
                ? Optional.of(found)
                : Optional.empty();
    }

    static List<PlannedRule> rules(StepDefinition step) {
        return normalize(step).map(Normalize::rules).orElse(List.of());
    }

    /** The same step with another transform. */
    static StepDefinition with(StepDefinition step, Normalize transform) {
        StepDefinition.RowStep row = (StepDefinition.RowStep) step;
        return new StepDefinition.RowStep(row.name(), row.label(), transform, row.settings(), row.place());
    }
}
