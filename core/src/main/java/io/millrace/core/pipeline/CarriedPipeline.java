package io.millrace.core.pipeline;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline file with everything that it refers to, so that another process reads the very same pipeline from it: the text,
 * the edits, the files it names and the environment variables it mentions. Holds secrets, which it does not show; it may
 * travel, and must not be stored.
 */
public final class CarriedPipeline implements Serializable {
    private static final long serialVersionUID = 1;

    private final String file;
    private final String[] edits;
    private final CarriedEnvironment environment;
    private final String start;
    private final String end;

    private CarriedPipeline(
            String file, List<String> edits, CarriedEnvironment environment, Optional<TimeWindow> window) {
        this.file = file;
        this.edits = edits.toArray(String[]::new);
        this.environment = environment;
        this.start = window.flatMap(TimeWindow::start).map(Instant::toString).orElse(null);
        this.end = window.flatMap(TimeWindow::end).map(Instant::toString).orElse(null);
    }

    /** What came of reading a file here, and what makes it come of it elsewhere. */
    public record Loaded(LoadedPipeline pipeline, CarriedPipeline carried) {}

    /** Reads a file as {@link PipelineFile#load} does. */
    public static Loaded load(
            Path file, List<String> edits, Optional<TimeWindow> window, Environment environment, Catalog catalog) {
        CarriedEnvironment.Noting noting = new CarriedEnvironment.Noting(environment);
        LoadedPipeline pipeline = PipelineFile.load(file, edits, window, noting.environment(), catalog);
        CarriedEnvironment carried = noting.carried(file, String.join("\n", edits));
        return new Loaded(pipeline, new CarriedPipeline(file.toString(), edits, carried, window));
    }

    /** The same pipeline, from what is carried alone. */
    public PipelineDefinition load(Catalog catalog) {
        return PipelineFile.load(Path.of(file), edits(), window(), environment.environment(), catalog)
                .definition();
    }

    public List<String> edits() {
        return List.of(edits);
    }

    public Optional<TimeWindow> window() {
        return TimeWindow.between(start == null ? null : Instant.parse(start), end == null ? null : Instant.parse(end));
    }

    @Override
    public String toString() {
        return "CarriedPipeline[" + file + "]";
    }
}
