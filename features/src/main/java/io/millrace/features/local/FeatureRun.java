package io.millrace.features.local;

import io.millrace.core.run.RunReport;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureDefinition;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The runs by which a view is computed for a range: one that reads the events of all windows; or, where the view keeps tiles,
 * first one for each stretch of days whose tiles are missing, then one that reads tiles only. One thread.
 */
public final class FeatureRun {
    private final FeatureDefinition definition;
    private final AsOfRange range;
    private Optional<LocalDate> refresh = Optional.empty();

    public FeatureRun(FeatureDefinition definition, AsOfRange range) {
        this.definition = definition;
        this.range = range;
    }

    /** Runs one job. */
    @FunctionalInterface
    public interface JobRunner {
        RunReport run(FeatureJob job);
    }

    /** Makes tiles from this day on anew, those that are there too. */
    public void refreshFrom(Optional<LocalDate> day) {
        refresh = day;
    }

    /** Runs what is needed, and returns the report of the last run: that of the values, or the first that failed. */
    public RunReport run(JobRunner runner) {
        if (definition.tiles().isEmpty()) {
            return runner.run(new FeatureJob(FeatureJob.Kind.OF_EVENTS, range));
        }
        TileStore store = TileStore.of(definition);
        for (AsOfRange missing : store.missing(range, refresh)) {
            RunReport report = runner.run(new FeatureJob(FeatureJob.Kind.TILES, missing));
            if (report.failure().isPresent()) {
                return report;
            }
        }
        return runner.run(new FeatureJob(FeatureJob.Kind.OF_TILES, range));
    }
}
