package io.millrace.engines.flink;

import io.millrace.api.MillraceException;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.step.RunChecks;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.ClaimingTransform;
import io.millrace.core.transform.check.CheckOutcome;
import io.millrace.core.transform.check.Severity;
import java.time.Instant;
import java.util.List;

/** Which steps a stream can have. */
final class StreamSteps {
    private StreamSteps() {}

    /** Refuses a step that needs all rows of a run. */
    static void check(List<StepDefinition> steps) {
        for (StepDefinition step : steps) {
            if (!(step instanceof RowStep row)) {
                throw refused(
                        step, "needs all rows of a key together, which this version's streams do not bring about");
            }
            if (row.transform() instanceof ClaimingTransform claiming && claiming.claims() > 0) {
                throw refused(step, "compares rows across the whole run, and a stream has no end");
            }
        }
        // What rules say that nothing was seen by: their severity is what matters here.
        for (CheckOutcome rule : RunChecks.judge(steps, List.of(), Instant.EPOCH)) {
            if (rule.severity() != Severity.REJECT) {
                throw MillraceException.user("the rule '" + rule.check() + "' of a step check"
                        + " is judged on a whole run, and a stream has no end; give it severity: reject where it looks at"
                        + " single rows, or leave it to 'millrace run'");
            }
        }
    }

    private static MillraceException refused(StepDefinition step, String why) {
        return MillraceException.user(step.place() + ": step '" + step.label() + "' " + why
                + "; leave it out of the stream, and use 'millrace run' where it is needed");
    }

    /** Refuses an event time that is not there. */
    static void checkEventTime(StreamSettings settings, StepChain steps) {
        settings.eventTime().ifPresent(column -> {
            boolean known = Watermarks.position(settings, steps.output()).isPresent()
                    || Watermarks.position(settings, steps.source()).isPresent();
            if (!known) {
                throw MillraceException.user("stream.event_time: there is no column '" + column
                        + "' of type timestamp, neither in the source " + steps.source() + " nor behind the steps "
                        + steps.output());
            }
        });
    }
}
