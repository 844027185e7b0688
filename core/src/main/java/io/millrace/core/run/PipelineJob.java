package io.millrace.core.run;

import io.millrace.api.TimeWindow;
import io.millrace.core.pipeline.CarriedPipeline;
import io.millrace.core.pipeline.Catalog;
import java.util.Optional;

/** The job of a pipeline file that is carried. */
record PipelineJob(CarriedPipeline pipeline) implements CarriedJob {
    @Override
    public Job job(Catalog catalog) {
        return Job.of(pipeline.load(catalog), pipeline.edits());
    }

    @Override
    public Optional<TimeWindow> window() {
        return pipeline.window();
    }
}
