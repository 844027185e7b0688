package io.millrace.features;

import io.millrace.core.pipeline.DefinitionFingerprint;
import io.millrace.core.pipeline.RunSettings;
import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.pipeline.SourceDefinition;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.TargetDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A features file, checked as far as that goes without touching anything outside. Immutable.
 *
 * @param batch where batch runs read events; {@code stream} where streams do
 * @param transform the steps between reading and measuring
 * @param loadBatch where batch runs write; {@code loadStream} where streams do
 * @param tiles the folder of daily tiles, relative to {@code directory}
 * @param streaming how the view is computed without end
 * @param file as the user typed it, empty where it came from no file
 * @param directory the absolute folder that relative paths are resolved against
 * @param fingerprint identifies everything that touches rows
 */
public record FeatureDefinition(
        FeatureView view,
        Optional<String> description,
        Optional<SourceDefinition> batch,
        Optional<SourceDefinition> stream,
        List<StepDefinition> transform,
        Optional<TargetDefinition> loadBatch,
        Optional<TargetDefinition> loadStream,
        Optional<String> tiles,
        RunSettings run,
        FeatureStreamSettings streaming,
        Optional<ScheduleSettings> schedule,
        Path file,
        Path directory,
        DefinitionFingerprint fingerprint) {
    public FeatureDefinition {
        transform = List.copyOf(transform);
    }

    /** The view's name. */
    public String name() {
        return view.name();
    }
}
