package io.millrace.core.airflow;

import io.millrace.api.ConnectorContext;
import io.millrace.api.DataSet;
import io.millrace.api.Extractor;
import io.millrace.api.Loader;
import io.millrace.api.WriteMode;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.pipeline.ScheduleSettings;
import io.millrace.core.pipeline.ScheduledWindow;
import java.util.Optional;

/**
 * A pipeline as a scheduler sees it.
 *
 * @param window which rows a run takes
 * @param mode what its target does with rows that are there
 * @param mentionsWindow whether its settings refer to the window, so that there must be one
 * @param submitted whether a cluster's own tool may submit it
 * @param source what it reads, where that can be compared
 * @param target what it writes, where that can be compared
 */
public record ScheduledPipeline(
        String name,
        Optional<String> description,
        Program program,
        Optional<ScheduleSettings> schedule,
        ScheduledWindow window,
        boolean incremental,
        WriteMode mode,
        boolean mentionsWindow,
        boolean submitted,
        Optional<DataSet> source,
        Optional<DataSet> target) {
    /** A pipeline that was read from a file. Touches nothing outside. */
    public static ScheduledPipeline of(PipelineDefinition definition) {
        return of(
                definition,
                new Program.OfFile(
                        definition.directory().resolve(definition.file().getFileName())),
                definition.schedule());
    }

    /** A pipeline that this program runs at these times. Touches nothing outside. */
    public static ScheduledPipeline of(
            PipelineDefinition definition, Program program, Optional<ScheduleSettings> schedule) {
        ConnectorContext context = new ConnectorContext(
                definition.directory(), definition.run().retry().policy());
        try (Extractor extractor = definition.extract().create(context);
                Loader loader = definition.load().create(context)) {
            boolean incremental = extractor.incremental();
            boolean mentions = definition.fingerprint().mentionsWindow();
            boolean whole = loader.mode() == WriteMode.OVERWRITE
                    || loader.wholeRunsOnly().isPresent();
            ScheduledWindow usual = mentions || schedule.isPresent() && !incremental && !whole
                    ? ScheduledWindow.INTERVAL
                    : ScheduledWindow.NONE;
            return new ScheduledPipeline(
                    definition.name(),
                    definition.description(),
                    program,
                    schedule,
                    schedule.flatMap(ScheduleSettings::window).orElse(usual),
                    incremental,
                    loader.mode(),
                    mentions,
                    definition.run().engine().name().equals("SPARK"),
                    definition.extract().dataSet(context),
                    definition.load().dataSet(context));
        }
    }

    /** True where this pipeline reads what the other one writes. */
    boolean reads(ScheduledPipeline other) {
        return other.target.isPresent()
                && source.filter(read -> other.target.get().holds(read)).isPresent();
    }
}
