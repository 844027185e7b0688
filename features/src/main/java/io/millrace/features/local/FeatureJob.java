package io.millrace.features.local;

import io.millrace.core.run.CarriedJob;
import io.millrace.core.run.Job;
import io.millrace.features.AsOfRange;
import io.millrace.features.CarriedFeatures;
import io.millrace.features.FeatureDefinition;
import java.util.List;

/** One of the jobs by which a view is computed. Nothing is touched before it runs. */
public record FeatureJob(Kind kind, AsOfRange range) {
    /** What a job does. */
    public enum Kind {
        /** Computes values from events. */
        OF_EVENTS,
        /** Makes the tiles of the range's days. */
        TILES,
        /** Computes values from tiles, all of which must be there. */
        OF_TILES
    }

    /** The job of an unfinished run, by the name that the run is kept under. */
    public static FeatureJob resumed(FeatureDefinition definition, String pipeline, AsOfRange range) {
        if (definition.tiles().isEmpty()) {
            return new FeatureJob(Kind.OF_EVENTS, range);
        }
        boolean tiles = pipeline.equals(FeatureJobs.tilesName(definition));
        return new FeatureJob(tiles ? Kind.TILES : Kind.OF_TILES, range);
    }

    /**
     * The job of this view. Its window is {@link AsOfRange#window}.
     *
     * @param overrides the {@code --set} edits, so that a resume can repeat them
     */
    public Job of(FeatureDefinition definition, List<String> overrides) {
        FeatureJobs jobs = new FeatureJobs(definition, overrides);
        return switch (kind) {
            case OF_EVENTS -> jobs.ofEvents(range);
            case TILES -> jobs.tiles(range);
            case OF_TILES -> jobs.ofTiles(range);
        };
    }

    /** The same job for another process, which has to see the same tiles. */
    public CarriedJob carried(CarriedFeatures features) {
        return new CarriedFeatureJob(features, kind, range.after(), range.until());
    }
}
