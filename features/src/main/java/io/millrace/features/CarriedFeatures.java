package io.millrace.features;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.pipeline.CarriedEnvironment;
import io.millrace.core.pipeline.Catalog;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A features file with everything that it refers to, so that another process reads the very same view from it. Holds secrets,
 * which it does not show; it may travel, and must not be stored.
 */
public final class CarriedFeatures implements Serializable {
    private static final long serialVersionUID = 1;

    /** Null where the view came from no file. */
    private final String file;
    /** In place of a file. */
    private final HashMap<String, Object> document;

    private final String[] sets;
    private final CarriedEnvironment environment;
    private final String start;
    private final String end;

    private CarriedFeatures(
            Path file,
            Map<String, ?> document,
            List<String> sets,
            CarriedEnvironment environment,
            Optional<TimeWindow> window) {
        this.file = file == null ? null : file.toString();
        this.document = new HashMap<>(document);
        this.sets = sets.toArray(String[]::new);
        this.environment = environment;
        this.start = window.flatMap(TimeWindow::start).map(Instant::toString).orElse(null);
        this.end = window.flatMap(TimeWindow::end).map(Instant::toString).orElse(null);
    }

    /** What came of reading a view here, and what makes it come of it elsewhere. */
    public record Loaded(LoadedFeatures features, CarriedFeatures carried) {}

    /** Reads a file as {@link FeaturesFile#load} does. */
    public static Loaded load(
            Path file, List<String> sets, Optional<TimeWindow> window, Environment environment, Catalog catalog) {
        CarriedEnvironment.Noting noting = new CarriedEnvironment.Noting(environment);
        LoadedFeatures features = FeaturesFile.load(file, sets, window, noting.environment(), catalog);
        CarriedEnvironment carried = noting.carried(file, String.join("\n", sets));
        return new Loaded(features, new CarriedFeatures(file, Map.of(), sets, carried, window));
    }

    /**
     * Takes a view from Java values as {@link FeaturesFile#ofMap} does.
     *
     * @param document of texts, numbers, booleans, and lists and maps of such
     */
    public static Loaded ofMap(Map<String, ?> document, List<String> sets, Environment environment, Catalog catalog) {
        CarriedEnvironment.Noting noting = new CarriedEnvironment.Noting(environment);
        LoadedFeatures features = FeaturesFile.ofMap(document, sets, Optional.empty(), noting.environment(), catalog);
        CarriedEnvironment carried = noting.carried(document + String.join("\n", sets));
        return new Loaded(features, new CarriedFeatures(null, document, sets, carried, Optional.empty()));
    }

    /** The same view, from what is carried alone. */
    public FeatureDefinition load(Catalog catalog) {
        Environment known = environment.environment();
        LoadedFeatures loaded = file == null
                ? FeaturesFile.ofMap(document, sets(), window(), known, catalog)
                : FeaturesFile.load(Path.of(file), sets(), window(), known, catalog);
        return loaded.definition();
    }

    /** The edits of the view. */
    public List<String> sets() {
        return List.of(sets);
    }

    private Optional<TimeWindow> window() {
        return TimeWindow.between(start == null ? null : Instant.parse(start), end == null ? null : Instant.parse(end));
    }

    @Override
    public String toString() {
        return "CarriedFeatures[" + (file == null ? document.keySet() : file) + "]";
    }
}
