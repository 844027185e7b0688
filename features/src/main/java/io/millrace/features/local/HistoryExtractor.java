package io.millrace.features.local;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The events that values of a range need: from the beginning of the longest window on. The run is known by the range itself, whose
 * days are those of {@code output}.
 *
 * @param events the time that events are needed of
 * @param time the column of the events' time where the source may choose by it; empty: it is read whole
 * @param planned hears of the source's position
 * @param output the column of the view that the run's window acts on
 */
record HistoryExtractor(
        Extractor source, TimeWindow events, Optional<String> time, String output, Consumer<String> planned)
        implements Extractor {
    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public void resume(String pin) {
        source.resume(pin);
        planned.accept(pin);
    }

    @Override
    public Schema schema() {
        if (source.incremental()) {
            throw MillraceException.user(
                    "events.batch: a view looks back, so its source cannot be incremental; remove that");
        }
        return source.schema();
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.of(output);
    }

    @Override
    public OptionalLong rowCount() {
        return source.rowCount();
    }

    @Override
    public Plan plan(ExtractRequest request) {
        boolean chosen = time.isPresent() && source.timeColumn().equals(time);
        Plan plan = source.plan(new ExtractRequest(
                chosen ? Optional.of(events) : Optional.empty(), Optional.empty(), request.pin(), request.batchRows()));
        planned.accept(plan.pin());
        if (chosen) {
            return plan;
        }
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.add("all events are read, since the source does not choose by the events' time"
                + time.map(column -> "; name it in the source: time_column: " + column)
                        .orElse(""));
        return new Plan(plan.splits(), plan.repeatability(), plan.pin(), plan.nextPosition(), warnings);
    }

    @Override
    public PinState check(String pin) {
        return source.check(pin);
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        return source.open(split, resumePoint, rejects);
    }

    @Override
    public List<String> notices() {
        return source.notices();
    }

    @Override
    public void close() {
        source.close();
    }
}
