package io.millrace.features.stream;

import io.millrace.api.RowVersion;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.features.BoundFeatures;
import io.millrace.features.local.TileSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A view bound to the events of a stream. Rows come out with the columns of {@link RowVersion} behind the measures. */
public final class BoundStreamedFeatures implements BoundKeyedStep {
    private final BoundFeatures features;
    private final Duration pace;
    private final Duration allowedLateness;
    private final Schema output;

    BoundStreamedFeatures(BoundFeatures features, Duration pace, Duration allowedLateness) {
        this.features = features;
        this.pace = pace;
        this.allowedLateness = allowedLateness;
        List<Field> fields = new ArrayList<>(features.measured().fields());
        fields.addAll(RowVersion.fields());
        this.output = Schema.of(fields);
    }

    BoundFeatures features() {
        return features;
    }

    /** How often {@link FeatureTiles#flush} is to be called. */
    public Duration pace() {
        return pace;
    }

    Duration allowedLateness() {
        return allowedLateness;
    }

    /** The view at work. */
    public FeatureTiles tiles(FeatureStore store) {
        return new FeatureTiles(this, store);
    }

    @Override
    public Schema partial() {
        return TileSchema.of(features).partial();
    }

    @Override
    public List<String> key() {
        return features.view().entity();
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public Lift lift() {
        return Lift.UNCHANGED;
    }

    @Override
    public Fold fold(long memoryLimit) {
        throw new IllegalStateException("a stream has no end at which rows could be folded");
    }
}
