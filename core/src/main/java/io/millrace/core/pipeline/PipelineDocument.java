package io.millrace.core.pipeline;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The top-level keys of a pipeline file. */
record PipelineDocument(
        @Setting(
                        value =
                                "The pipeline's name: letters, digits, '.', '_' and '-', at most 100. Runs are kept under it.",
                        example = "clean-behaviors")
                String pipeline,
        @Setting("What the pipeline is for.") Optional<String> description,
        @Setting("Where rows are read: one connector and its settings.") SourceDefinition extract,
        @Setting("The steps between reading and writing, in their order.") List<StepDefinition> transform,
        @Setting("Where rows are written: one connector and its settings.") TargetDefinition load,
        @Setting(value = "How the pipeline is run.", defaultValue = "{}") RunSettings run,
        @Setting("How it is run without end, by 'millrace stream'.") Optional<StreamSettings> stream,
        @Setting("When a scheduler should run it.") Optional<ScheduleSettings> schedule) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    PipelineDocument {
        if (!NAME.matcher(pipeline).matches()) {
            throw new InvalidSetting(
                    "pipeline",
                    "'" + pipeline
                            + "' is not a name; it has letters, digits, '.', '_' and '-', begins with a letter or digit, and has at most 100"
                            + " characters");
        }
    }
}
