package io.millrace.core.pipeline;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline file with everything that it refers to, so that another process reads the very same pipeline from it: the text,
 * the edits, the files it names and the environment variables it mentions. Holds secrets, which it does not show; it may
 * travel, and must not be stored.
 */
public final class CarriedPipeline implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Pattern VARIABLE = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)");

    private final String file;
    private final String directory;
    private final String[] edits;
    private final TreeMap<String, String> variables;
    private final CarriedFiles files;
    private final String start;
    private final String end;

    private CarriedPipeline(
            String file,
            String directory,
            List<String> edits,
            Map<String, String> variables,
            CarriedFiles files,
            Optional<TimeWindow> window) {
        this.file = file;
        this.directory = directory;
        this.edits = edits.toArray(String[]::new);
        this.variables = new TreeMap<>(variables);
        this.files = files;
        this.start = window.flatMap(TimeWindow::start).map(Instant::toString).orElse(null);
        this.end = window.flatMap(TimeWindow::end).map(Instant::toString).orElse(null);
    }

    /** What came of reading a file here, and what makes it come of it elsewhere. */
    public record Loaded(LoadedPipeline pipeline, CarriedPipeline carried) {}

    /** Reads a file as {@link PipelineFile#load} does. */
    public static Loaded load(
            Path file, List<String> edits, Optional<TimeWindow> window, Environment environment, Catalog catalog) {
        NotedFiles noted = new NotedFiles(environment.files());
        LoadedPipeline pipeline = PipelineFile.load(file, edits, window, environment.with(noted), catalog);
        CarriedFiles files = noted.carried();
        Path directory = environment.directory().toAbsolutePath();
        String text = files.text(directory.resolve(file)) + String.join("\n", edits);
        Map<String, String> variables = new TreeMap<>();
        for (Matcher named = VARIABLE.matcher(text); named.find(); ) {
            String value = environment.variables().get(named.group(1));
            if (value != null) {
                variables.put(named.group(1), value);
            }
        }
        return new Loaded(
                pipeline, new CarriedPipeline(file.toString(), directory.toString(), edits, variables, files, window));
    }

    /** The same pipeline, from what is carried alone. */
    public PipelineDefinition load(Catalog catalog) {
        Environment environment = new Environment(variables, Path.of(directory)).with(files);
        return PipelineFile.load(Path.of(file), edits(), window(), environment, catalog)
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
