package io.millrace.core.step;

import io.millrace.api.CheckTally;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.PieceResult;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.transform.check.Check;
import io.millrace.core.transform.check.CheckOutcome;
import io.millrace.core.transform.check.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The verdicts of a run's checks, on the sums over the pieces of its ledger. */
public final class RunChecks {
    private RunChecks() {}

    /** What came of every rule, in the order of the steps. */
    public static List<CheckOutcome> judge(List<StepDefinition> steps, List<PieceResult> results, Instant asOf) {
        Map<String, CheckTally> sums = new HashMap<>();
        results.forEach(result -> result.checks().forEach(tally -> sums.merge(tally.check(), tally, CheckTally::plus)));
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (StepDefinition step : steps) {
            if (step instanceof RowStep row && row.transform() instanceof Check check) {
                outcomes.addAll(
                        check.judge(step.label(), name -> sums.getOrDefault(name, CheckTally.none(name)), asOf));
            }
        }
        return outcomes;
    }

    /** What a user should know of rules that only warn. */
    public static List<String> warnings(List<CheckOutcome> outcomes) {
        return broken(outcomes, Severity.WARN).stream()
                .map(CheckOutcome::summary)
                .toList();
    }

    /**
     * A data error where a rule is broken whose severity is fail.
     *
     * @param target what is written, for the message
     * @param visible how many rows it shows already
     */
    public static void require(List<CheckOutcome> outcomes, String target, long visible) {
        List<CheckOutcome> failed = broken(outcomes, Severity.FAIL);
        if (!failed.isEmpty()) {
            String problems = failed.stream().map(CheckOutcome::summary).collect(Collectors.joining("; "));
            String there = visible == 0
                    ? "nothing of this run is visible in " + target
                    : String.format(Locale.ROOT, "%,d rows of this run are in %s already", visible, target);
            throw new MillraceException(
                    ErrorKind.DATA,
                    problems + "; " + there + ". Mend the data or the rule, then run again with --restart");
        }
    }

    private static List<CheckOutcome> broken(List<CheckOutcome> outcomes, Severity severity) {
        return outcomes.stream()
                .filter(outcome -> outcome.severity() == severity && !outcome.passed())
                .toList();
    }
}
