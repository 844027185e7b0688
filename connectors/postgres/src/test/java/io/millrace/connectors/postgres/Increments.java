package io.millrace.connectors.postgres;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.testkit.extractor.RecordedRejects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One increment after the other, as a coordinator takes them that never crashes. */
final class Increments {
    private final SourceUnderTest source;
    private Optional<String> position = Optional.empty();
    private List<String> warnings = List.of();

    Increments(SourceUnderTest source) {
        this.source = source;
    }

    /** The rows of the next increment. */
    List<Map<String, Object>> next() {
        return next(new RecordedRejects());
    }

    List<Map<String, Object>> next(RecordedRejects rejects) {
        try (Extractor extractor = source.extractor()) {
            Plan plan = extractor.plan(request());
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Split split : SourceUnderTest.splits(plan)) {
                rows.addAll(SourceUnderTest.records(extractor, split, rejects));
            }
            finished(plan);
            return rows;
        }
    }

    /** What the next increment asks for. */
    ExtractRequest request() {
        return new ExtractRequest(Optional.empty(), position, Optional.empty(), 100);
    }

    /** Says that the rows of this plan have arrived. */
    void finished(Plan plan) {
        position = Optional.of(plan.nextPosition().orElseThrow());
        warnings = plan.warnings();
    }

    /** The next increment's ids. */
    List<Object> nextIds() {
        return next().stream().map(row -> row.get("id")).toList();
    }

    /** What the last plan had to say. */
    List<String> warnings() {
        return warnings;
    }

    Optional<String> position() {
        return position;
    }

    void position(String text) {
        position = Optional.of(text);
    }
}
