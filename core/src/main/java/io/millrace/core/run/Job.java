package io.millrace.core.run;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.RetryPolicy;
import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.RunSettings;
import io.millrace.core.pipeline.StepDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pipeline ready to run: everything resolved, nothing touched yet.
 *
 * @param file the pipeline file, absolute, if it came from one
 * @param overrides the {@code --set} edits, so that a resume can repeat them
 */
public record Job(
        String pipeline,
        Optional<Path> file,
        List<String> overrides,
        Supplier<Extractor> source,
        List<StepDefinition> steps,
        Supplier<Loader> target,
        Options options,
        DefinitionFingerprint definition) {
    /**
     * How to run, without effect on the rows.
     *
     * @param checkpoint how often a long split hands in a piece, where its source can go on in the middle
     * @param rejects where rejected rows go; empty: into the state folder
     */
    public record Options(
            int parallelism,
            int batchRows,
            double maxErrorRate,
            RetryPolicy retry,
            Duration checkpoint,
            Optional<Path> rejects) {}

    /** The job of a pipeline file (or of a map, which has no file), edited by {@code overrides}. */
    public static Job of(PipelineDefinition pipeline, List<String> overrides) {
        RunSettings run = pipeline.run();
        ConnectorContext context =
                new ConnectorContext(pipeline.directory(), run.retry().policy());
        return new Job(
                pipeline.name(),
                Optional.of(pipeline.file())
                        .filter(file -> !file.toString().isEmpty())
                        .map(file -> pipeline.directory().resolve(file.getFileName())),
                List.copyOf(overrides),
                () -> pipeline.extract().create(context),
                pipeline.transform().stream()
                        .map(step -> step.connected(context))
                        .toList(),
                () -> pipeline.load().create(context),
                new Options(
                        run.workers(),
                        run.batchRows(),
                        run.maxErrorRate(),
                        run.retry().policy(),
                        run.checkpoint(),
                        run.rejects().map(pipeline.directory()::resolve)),
                pipeline.fingerprint());
    }
}
