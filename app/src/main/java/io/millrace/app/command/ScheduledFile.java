package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.airflow.ScheduledPipeline;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.PipelineFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads pipeline files for a scheduler. */
final class ScheduledFile {
    /** Stands for the window that a file may refer to. */
    private static final Optional<TimeWindow> SAMPLE =
            TimeWindow.between(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)));

    private ScheduledFile() {}

    /**
     * Reads a file without the environment, so that the same comes out on every machine and no secret is needed. Where a
     * made-up value does not do, say for an address, the environment's is taken; it is not shown in what is written.
     */
    static ScheduledPipeline read(Path file, PluginOption plugins) {
        Catalog catalog = plugins.catalog(file.toAbsolutePath().normalize().getParent());
        try {
            return read(file, catalog, Environment.ofNowhere(StateOption.here()));
        } catch (MillraceException madeUp) {
            return read(file, catalog, Environment.ofProcess());
        }
    }

    private static ScheduledPipeline read(Path file, Catalog catalog, Environment environment) {
        return ScheduledPipeline.of(
                PipelineFile.load(file, List.of(), SAMPLE, environment, catalog).definition());
    }
}
