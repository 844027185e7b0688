package io.millrace.core.fit;

import io.millrace.api.MillraceException;
import io.millrace.core.learned.FitFile;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.transform.normalize.PlannedRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules of a job that name a fit file, and the steps with what is known of these files so far. */
final class FitPlan {
    private List<StepDefinition> steps;
    private final SortedMap<String, PlannedRule> rules = new TreeMap<>();
    private final Map<String, Integer> ruleCounts = new HashMap<>();

    private FitPlan(List<StepDefinition> steps) {
        this.steps = steps;
    }

    /** A user error where no rule names a fit file, or two rules want different things of one. */
    static FitPlan of(Job job) {
        FitPlan plan = new FitPlan(job.steps());
        for (StepDefinition step : job.steps()) {
            FitPass.rules(step).forEach(rule -> rule.rule().fit().ifPresent(path -> plan.add(path, rule, step)));
        }
        if (plan.rules.isEmpty()) {
            throw MillraceException.user(
                    "no rule of a normalize step has a fit file, so there is nothing to learn; write for"
                            + " instance  normalize: {price: {z_score: {fit: state/price.json}}}");
        }
        return plan;
    }

    private void add(String path, PlannedRule rule, StepDefinition step) {
        ruleCounts.merge(path, 1, Integer::sum);
        PlannedRule known = rules.putIfAbsent(path, rule);
        if (known != null
                && (!known.rule().kind().equals(rule.rule().kind())
                        || !known.rule().learnedWith().equals(rule.rule().learnedWith()))) {
            throw MillraceException.user(step.place() + ": the columns '" + known.column() + "' and '" + rule.column()
                    + "' share the fit file " + path + " but want to learn different things; give each its own");
        }
    }

    List<StepDefinition> steps() {
        return steps;
    }

    /** One rule of each path. */
    SortedMap<String, PlannedRule> rules() {
        return rules;
    }

    /** How many rules share a path. */
    int rulesOf(String path) {
        return ruleCounts.get(path);
    }

    /** Goes on with these files. */
    void know(Map<String, FitFile> files) {
        steps = steps.stream()
                .map(step -> FitPass.normalize(step)
                        .map(normalize -> FitPass.with(step, normalize.with(files)))
                        .orElse(step))
                .toList();
    }
}
