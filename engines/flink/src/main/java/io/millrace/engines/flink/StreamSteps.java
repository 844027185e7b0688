package io.millrace.engines.flink;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Walk;
import io.millrace.core.keyed.Windows;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.ClaimStep;
import io.millrace.core.pipeline.StepDefinition.KeyedStep;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.step.RunChecks;
import io.millrace.core.step.StepChain;
import io.millrace.core.transform.ClaimingTransform;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.check.CheckOutcome;
import io.millrace.core.transform.check.Severity;
import io.millrace.features.stream.BoundStreamedFeatures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which steps a stream can have. */
final class StreamSteps {
    private StreamSteps() {}

    /** Refuses a step that needs all rows of a run. */
    static void check(List<StepDefinition> steps) {
        for (StepDefinition step : steps) {
            if (step instanceof KeyedStep keyed && keyed.step() instanceof Deduplicate) {
                throw refused(
                        step,
                        "has order_by, and which row is the first or last of its key is never known for good in a stream;"
                                + " remove order_by where the rows of a key are alike, or let an upsert target keep"
                                + " the latest");
            }
            if (step instanceof RowStep row
                    && row.transform() instanceof ClaimingTransform claiming
                    && claiming.claims() > 0) {
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

    /** Refuses what cannot be done for ever, and an event time that is not there. */
    static void check(StreamSettings settings, StreamStages stages) {
        settings.eventTime().ifPresent(column -> requireEventTime(settings, column, stages.rowSteps(0)));
        for (int stage = 1; stage <= stages.last(); stage++) {
            StepDefinition step = stages.keyed(stage);
            if (stages.groups(stage - 1)) {
                throw refused(
                        step, "is behind one that makes groups, and a stream can bring only rows together by key");
            }
            Optional<String> eventTime = settings.eventTime();
            if (step instanceof ClaimStep) {
                Schema rows = stages.arriving(stage);
                eventTime.ifPresent(column -> requireTime(step, column, rows));
            } else if (!(stages.bound(stage) instanceof BoundStreamedFeatures)) {
                requireFinal(step, stages.bound(stage), eventTime);
            }
        }
    }

    private static void requireTime(StepDefinition step, String column, Schema rows) {
        int position = rows.indexOf(column);
        if (position < 0 || rows.field(position).type() != DataType.TIMESTAMP) {
            throw MillraceException.user(step.place() + ": step '" + step.label() + "' must have the column '" + column
                    + "', which stream.event_time names, as a timestamp: it says how long a key is remembered. Here are "
                    + rows);
        }
    }

    private static void requireFinal(StepDefinition step, BoundKeyedStep bound, Optional<String> eventTime) {
        String time = bound.windows()
                .map(Windows::time)
                .or(() -> bound.walk().map(Walk::time))
                .orElseThrow(() -> refused(
                        step,
                        "needs all rows of a run; a stream takes aggregate with a window, whose results are final when"
                                + " the watermark has passed its end"));
        if (!eventTime.equals(Optional.of(time))) {
            throw MillraceException.user(step.place() + ": step '" + step.label() + "' goes by '" + time
                    + "', and a stream needs a watermark to know what is final: set stream: {event_time: " + time
                    + "}"
                    + eventTime
                            .map(other -> ", which now names '" + other + "'")
                            .orElse(""));
        }
    }

    private static void requireEventTime(StreamSettings settings, String column, StepChain steps) {
        if (Watermarks.position(settings, steps.output()).isEmpty()
                && Watermarks.position(settings, steps.source()).isEmpty()) {
            throw MillraceException.user("stream.event_time: there is no column '" + column
                    + "' of type timestamp, neither in the source " + steps.source()
                    + " nor behind the steps before the first keyed one " + steps.output());
        }
    }
}
