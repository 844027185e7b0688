package io.millrace.core.stream;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Loader;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.run.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pipeline ready to run without end: everything resolved, nothing touched yet.
 *
 * @param deadLetters where rejected rows go; empty: into the state folder
 * @param stateFolder where the stream's state lies
 */
public record StreamJob(Job job, StreamSettings settings, Optional<Supplier<Loader>> deadLetters, Path stateFolder) {
    /** The job of a pipeline file, edited by {@code overrides}. */
    public static StreamJob of(PipelineDefinition pipeline, List<String> overrides, Path stateFolder) {
        StreamSettings settings = pipeline.stream().orElse(StreamSettings.DEFAULTS);
        ConnectorContext context = new ConnectorContext(
                pipeline.directory(), pipeline.run().retry().policy());
        return new StreamJob(
                Job.of(pipeline, overrides),
                settings,
                settings.deadLetter().map(target -> () -> target.create(context)),
                stateFolder);
    }

    public String pipeline() {
        return job.pipeline();
    }
}
