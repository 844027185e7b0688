package io.millrace.core.run;

import io.millrace.api.TimeWindow;
import io.millrace.core.pipeline.CarriedPipeline;
import io.millrace.core.pipeline.Catalog;
import java.io.Serializable;
import java.util.Optional;

/**
 * Makes a job anew in another process, from what it carries alone. Holds secrets, which it does not show; it may travel, and
 * must not be stored.
 */
public interface CarriedJob extends Serializable {
    /** The same job, whose connectors and steps come from this catalog. */
    Job job(Catalog catalog);

    /** The window that the job is run for. */
    Optional<TimeWindow> window();

    /** The job of a pipeline file. */
    static CarriedJob of(CarriedPipeline pipeline) {
        return new PipelineJob(pipeline);
    }
}
