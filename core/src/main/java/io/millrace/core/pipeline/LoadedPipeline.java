package io.millrace.core.pipeline;

import io.millrace.core.config.Problem;
import java.util.List;

/** A pipeline, and what its file should better not say. */
public record LoadedPipeline(PipelineDefinition definition, List<Problem> warnings) {
    public LoadedPipeline {
        warnings = List.copyOf(warnings);
    }
}
