package io.millrace.core.fit;

import io.millrace.api.BindContext;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.learned.Learner;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.normalize.Normalize;
import io.millrace.core.transform.normalize.PlannedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Plans how far one reading of the source goes. A rule is learned from the rows that its step will see, so a step behind a
 * rule that is still to be learned can only be passed where it does not need that rule's result: neighbouring
 * {@code normalize} steps on other columns. Everything else waits for the next reading.
 */
final class PassPlanner {
    private final Schema source;
    private final BindContext context;

    PassPlanner(Schema source, BindContext context) {
        this.source = source;
        this.context = context;
    }

    /**
     * The next pass over these steps.
     *
     * @param wanted the rules to learn from; there is at least one
     * @param open whether a rule still has no parameters: rows do not go through it in this pass
     * @param learner an empty learner for a rule and a column's type
     */
    FitPass next(
            List<StepDefinition> steps,
            Predicate<PlannedRule> wanted,
            Predicate<PlannedRule> open,
            BiFunction<PlannedRule, DataType, Learner> learner) {
        List<StepDefinition> passed = new ArrayList<>();
        List<FitTap> taps = new ArrayList<>();
        Map<String, DataType> types = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        Schema schema = source;
        for (StepDefinition step : steps) {
            Optional<Normalize> normalize = normalize(step);
            if (!unknown.isEmpty() && normalize.isEmpty()) {
                break;
            }
            StepDefinition next = step;
            if (normalize.isPresent()) {
                Set<PlannedRule> kept = new LinkedHashSet<>();
                for (PlannedRule rule : normalize.get().rules()) {
                    // Columns that a rule still to be learned will make are not there either.
                    boolean waits = unknown.contains(rule.column())
                            || !unknown.isEmpty() && schema.indexOf(rule.column()) < 0;
                    if (!waits && wanted.test(rule)) {
                        taps.add(tap(passed.size(), schema, rule, step, types));
                    }
                    if (waits || open.test(rule)) {
                        unknown.add(rule.output());
                    } else {
                        kept.add(rule);
                    }
                }
                next = with(step, normalize.get().only(kept));
            }
            passed.add(next);
            schema = StepChain.resolve(List.of(next), schema, context).output();
        }
        int end = taps.isEmpty() ? 0 : taps.get(taps.size() - 1).step();
        Map<String, PlannedRule> rules = new HashMap<>();
        taps.forEach(tap -> rules.putIfAbsent(tap.path(), tap.rule()));
        return new FitPass(
                StepChain.resolve(passed.subList(0, end), source, context),
                taps,
                path -> learner.apply(rules.get(path), types.get(path)));
    }

    private static FitTap tap(
            int place, Schema schema, PlannedRule rule, StepDefinition step, Map<String, DataType> types) {
        String path = rule.rule().fit().orElseThrow();
        try {
            int position = schema.require(rule.column());
            DataType type = schema.field(position).type();
            DataType known = types.putIfAbsent(path, type);
            if (known != null && !known.equals(type)) {
                throw MillraceException.user("columns of the types " + known + " and " + type + " cannot share the fit file "
                        + path + "; give each its own");
            }
            // Made here once, so that a type which does not fit is found before the first row.
            rule.rule().learner(type);
            return new FitTap(place, position, rule);
        } catch (MillraceException unfit) {
            throw unfit.during(
                    step.place() + ": step '" + step.label() + "': normalize, column '" + rule.column() + "'");
        }
    }

    /** The step's transform where it is a {@code normalize}. */
    static Optional<Normalize> normalize(StepDefinition step) {
        return step instanceof StepDefinition.RowStep row && row.transform() instanceof Normalize found
                ? Optional.of(found)
                : Optional.empty();
    }

    /** The same step with another transform. */
    static StepDefinition with(StepDefinition step, Normalize transform) {
        StepDefinition.RowStep row = (StepDefinition.RowStep) step;
        return new StepDefinition.RowStep(row.name(), row.label(), transform, row.settings(), row.place());
    }
}
