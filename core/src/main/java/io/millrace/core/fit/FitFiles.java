package io.millrace.core.fit;

import io.millrace.api.MillraceException;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.run.Job;
import io.millrace.core.transform.normalize.PlannedRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the fit files of a job are there. */
public final class FitFiles {
    private FitFiles() {}

    /** A user error, one line for each, where fit files are missing or do not belong to their rules. */
    public static void require(Job job) {
        List<String> problems = new ArrayList<>();
        String command = "millrace fit "
                + job.file().map(Path::getFileName).map(Path::toString).orElse("FILE");
        for (StepDefinition step : job.steps()) {
            for (PlannedRule rule : FitPass.rules(step)) {
                problem(rule, command)
                        .ifPresent(problem ->
                                problems.add(step.place() + ": normalize, column '" + rule.column() + "': " + problem));
            }
        }
        if (!problems.isEmpty()) {
            throw MillraceException.user(String.join("\n", problems));
        }
    }

    private static Optional<String> problem(PlannedRule rule, String command) {
        if (rule.isMissing()) {
            return Optional.of(
                    "there is no fit file " + rule.rule().fit().orElseThrow() + "; learn it first:  " + command);
        }
        return rule.learned()
                .flatMap(rule::mismatch)
                .map(why -> "the fit file " + rule.rule().fit().orElseThrow() + " " + why + "; learn it again:  "
                        + command + " --refit");
    }
}
