package io.millrace.features.local;

import io.millrace.api.TimeWindow;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.run.CarriedJob;
import io.millrace.core.run.Job;
import io.millrace.features.AsOfRange;
import io.millrace.features.CarriedFeatures;
import java.time.Instant;
import java.util.Optional;

/** A job of a view that is carried. */
record CarriedFeatureJob(CarriedFeatures features, FeatureJob.Kind kind, Instant after, Instant until)
        implements CarriedJob {
    @Override
    public Job job(Catalog catalog) {
        return new FeatureJob(kind, range()).of(features.load(catalog), features.sets());
    }

    private AsOfRange range() {
        return new AsOfRange(after, until);
    }

    @Override
    public Optional<TimeWindow> window() {
        return Optional.of(range().window());
    }
}
