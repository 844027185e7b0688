package io.millrace.core.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as its file says, checked as far as that goes without touching anything outside. Immutable.
 *
 * @param file as the user typed it; relative paths in the settings are resolved against {@code directory}
 * @param directory the absolute folder of the file
 * @param fingerprint identifies everything that touches rows
 */
public record PipelineDefinition(
        String name,
        Optional<String> description,
        SourceDefinition extract,
        List<StepDefinition> transform,
        TargetDefinition load,
        RunSettings run,
        Optional<StreamSettings> stream,
        Optional<ScheduleSettings> schedule,
        Path file,
        Path directory,
        DefinitionFingerprint fingerprint) {
    public PipelineDefinition {
        transform = List.copyOf(transform);
    }
}
