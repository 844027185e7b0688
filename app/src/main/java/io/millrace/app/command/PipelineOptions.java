package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Problem;
import io.millrace.core.fit.FitFiles;
import io.millrace.core.pipeline.CarriedPipeline;
import io.millrace.core.pipeline.PipelineDefinition;
import io.millrace.core.run.CarriedJob;
import io.millrace.core.run.Job;
import io.millrace.features.FeaturesFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pipeline file and what the command line changes in it. */
final class PipelineOptions {
    @Parameters(paramLabel = "FILE", description = "The pipeline file (YAML).")
    private Path file;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description =
                    "Only rows at or after it, by the source's time column; ISO-8601, UTC unless it says otherwise.")
    private String start;

    @Option(names = "--end", paramLabel = "TIME", description = "Only rows before it.")
    private String end;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change any key of the file, for instance --set run.parallelism=4. May be repeated.")
    private List<String> sets = new ArrayList<>();

    @Option(names = "--parallelism", paramLabel = "N", description = "How many splits are worked on at once.")
    private Integer parallelism;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "Where the work is done: local or spark.")
    private String engine;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Of the engine spark: local[2], spark://HOST:PORT, yarn, k8s://….")
    private String master;

    @Mixin
    private PluginOption plugins;

    Optional<TimeWindow> window() {
        return TimeWindow.between(instant("--start", start), instant("--end", end));
    }

    /** Reads and checks the file; warnings go to stderr. */
    Job job() {
        return prepared().job();
    }

    /** The same, for an engine. */
    PreparedJob prepared() {
        return prepared(file, overrides(), window(), plugins);
    }

    /** The same for learning fit files, which may not be there yet. */
    Job jobToFit() {
        return load(file, overrides(), window(), plugins).job();
    }

    Path directory() {
        return file.toAbsolutePath().normalize().getParent();
    }

    /** The job of a file, as a resume needs it too. */
    static Job job(Path file, List<String> overrides, Optional<TimeWindow> window, PluginOption plugins) {
        return prepared(file, overrides, window, plugins).job();
    }

    static PreparedJob prepared(Path file, List<String> overrides, Optional<TimeWindow> window, PluginOption plugins) {
        PreparedJob prepared = load(file, overrides, window, plugins);
        FitFiles.require(prepared.job());
        return prepared;
    }

    private static PreparedJob load(
            Path file, List<String> overrides, Optional<TimeWindow> window, PluginOption plugins) {
        if (FeaturesFile.is(file, Environment.ofProcess())) {
            throw MillraceException.user(
                    file + " declares a feature view, not a pipeline; run it with 'millrace features " + file
                            + " --as-of TIME'");
        }
        Path directory = file.toAbsolutePath().normalize().getParent();
        CarriedPipeline.Loaded loaded =
                CarriedPipeline.load(file, overrides, window, Environment.ofProcess(), plugins.catalog(directory));
        for (Problem warning : loaded.pipeline().warnings()) {
            System.err.println("warning: " + warning);
        }
        PipelineDefinition definition = loaded.pipeline().definition();
        return new PreparedJob(
                Job.of(definition, overrides),
                definition.run(),
                CarriedJob.of(loaded.carried()),
                plugins.folders(directory));
    }

    List<String> overrides() {
        List<String> overrides = new ArrayList<>(sets);
        if (parallelism != null) {
            overrides.add("run.parallelism=" + parallelism);
        }
        if (engine != null) {
            overrides.add("run.engine=" + engine);
        }
        if (master != null) {
            overrides.add("run.spark.master=" + master);
        }
        return overrides;
    }

    private static Instant instant(String option, String text) {
        return instant(option, text, ZoneOffset.UTC);
    }

    /** @param zone of a time that names none */
    static Instant instant(String option, String text, ZoneId zone) {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            String iso = text.replace(' ', 'T');
            return iso.matches(".*T.*([zZ]|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeParseException notATime) {
            throw MillraceException.user(option + " " + text
                    + " is not a time; write 2026-01-31, 2026-01-31T08:00:00Z or 2026-01-31T08:00:00+08:00");
        }
    }
}
