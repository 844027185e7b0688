package io.millrace.features;

import io.millrace.api.Setting;
import io.millrace.core.pipeline.SourceDefinition;
import io.millrace.core.pipeline.StepDefinition;
import java.util.List;
import java.util.Optional;

/** The keys under {@code events}. */
record EventSettings(
        @Setting("Where a batch run reads events: one connector and its settings.") Optional<SourceDefinition> batch,
        @Setting("Where a stream reads events: one connector and its settings.") Optional<SourceDefinition> stream,
        @Setting("The steps between reading and measuring, in their order; they see every event.")
                List<StepDefinition> transform,
        @Setting(value = "The events' time, a timestamp.", example = "ts") String time,
        @Setting(
                        value =
                                "The columns that decide between events of equal time, ascending; then all other columns do.",
                        example = "[event_id]")
                List<String> tieBreak) {
    EventSettings {
        transform = List.copyOf(transform);
        tieBreak = List.copyOf(tieBreak);
    }
}
