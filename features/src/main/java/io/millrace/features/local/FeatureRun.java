package io.millrace.features.local;

import io.millrace.api.TimeWindow;
import io.millrace.core.run.Job;
import io.millrace.core.run.RunReport;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The runs by which a view is computed for a range: one that reads the events of all windows; or, where the view keeps tiles,
 * first one for each stretch of days whose tiles are missing, then one that reads tiles only. One thread.
 */
public final class FeatureRun {
    private final FeatureDefinition definition;
    private final List<String> overrides;
    private final AsOfRange range;
    private Optional<LocalDate> refresh = Optional.empty();

    /** @param overrides the {@code --set} edits, so that a resume can repeat them */
    public FeatureRun(FeatureDefinition definition, List<String> overrides, AsOfRange range) {
        this.definition = definition;
        this.overrides = List.copyOf(overrides);
        this.range = range;
    }

    /** Runs one job. */
    @FunctionalInterface
    public interface JobRunner {
        RunReport run(Job job, TimeWindow window);
    }

    /** Makes tiles from this day on anew, those that are there too. */
    public void refreshFrom(Optional<LocalDate> day) {
        refresh = day;
    }

    /** Runs what is needed, and returns the report of the last run: that of the values, or the first that failed. */
    public RunReport run(JobRunner runner) {
        if (definition.tiles().isEmpty()) {
            return runner.run(FeatureJobs.of(definition, overrides, range), range.window());
        }
        TileStore store = TileStore.of(definition);
        for (AsOfRange missing : store.missing(range, refresh)) {
            RunReport report = runner.run(FeatureJobs.tiles(definition, overrides, missing), missing.window());
            if (report.failure().isPresent()) {
                return report;
            }
        }
        return runner.run(FeatureJobs.ofTiles(definition, overrides, range), range.window());
    }
}
