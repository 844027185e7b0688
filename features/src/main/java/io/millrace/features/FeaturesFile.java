package io.millrace.features;

import io.millrace.api.MillraceException;
import io.millrace.api.TimeWindow;
import io.millrace.core.config.ConfigFile;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Overrides;
import io.millrace.core.config.Place;
import io.millrace.core.config.Problems;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.config.YamlNode;
import io.millrace.core.config.YamlReader;
import io.millrace.core.pipeline.BoundDocument;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.pipeline.DocumentFile;
import io.millrace.core.pipeline.UsedParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads features files. */
public final class FeaturesFile {
    /** The key that tells a features file from a pipeline file: its first. */
    public static final String KEY = "features";

    private static final DocumentFile<FeaturesDocument> FILES = new DocumentFile<>(
            FeaturesDocument.class,
            KEY,
            path -> !path.matches("(?:features|description|extends|tiles|run|stream|schedule)(?:\\..*)?"),
            FeaturesFile::parts);

    private FeaturesFile() {}

    private static UsedParts parts(FeaturesDocument document) {
        return new UsedParts(
                document.events().batch().stream().toList(),
                document.load().flatMap(FeatureTargets::batch).stream().toList(),
                document.events().transform());
    }

    /** True where a file declares a view: the first key tells. False also for a file that cannot be read. */
    public static boolean is(Path file, Environment environment) {
        Problems unused = new Problems();
        try {
            return ConfigFile.read(file, environment, unused)
                    .flatMap(text -> YamlReader.read(text, file.toString(), unused))
                    .filter(tree -> tree instanceof YamlNode.Mapping mapping
                            && !mapping.entries().isEmpty()
                            && mapping.entries().get(0).key().equals(KEY))
                    .isPresent();
        } catch (MillraceException unreadable) {
            return false;
        }
    }

    /**
     * Reads and checks a file. Touches nothing but it and the files that its {@code ${file:…}} references and its steps
     * name.
     *
     * @param file messages name it as it is given here
     * @param sets settings {@code key.path=value} that edit it
     * @param window what {@code ${window.start}} and {@code ${window.end}} stand for
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong, one line each
     */
    public static LoadedFeatures load(
            Path file, List<String> sets, Optional<TimeWindow> window, Environment environment, Catalog catalog) {
        Problems problems = new Problems();
        return bind(
                DocumentFile.tree(file, sets, environment, problems),
                new Place(file.toString(), 1, 1),
                file,
                DocumentFile.directory(file, environment),
                window,
                environment,
                catalog,
                problems);
    }

    /**
     * A view from Java values, with the keys of a features file. References are filled in; relative paths are resolved
     * against the environment's directory.
     *
     * @param sets settings {@code key.path=value} that edit them
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong, one line each
     */
    public static LoadedFeatures ofMap(
            Map<String, ?> document,
            List<String> sets,
            Optional<TimeWindow> window,
            Environment environment,
            Catalog catalog) {
        Place place = Place.named("");
        Problems problems = new Problems();
        return bind(
                new Overrides(problems).apply(SettingsMaps.tree(document, place), sets),
                place,
                Path.of(""),
                environment.directory().toAbsolutePath().normalize(),
                window,
                environment,
                catalog,
                problems);
    }

    /** The JSON Schema of features files with what this catalog has. */
    public static String schema(Catalog catalog) {
        return FILES.schema("Millrace features", catalog);
    }

    private static LoadedFeatures bind(
            YamlNode tree,
            Place place,
            Path file,
            Path directory,
            Optional<TimeWindow> window,
            Environment environment,
            Catalog catalog,
            Problems problems) {
        BoundDocument<FeaturesDocument> bound = FILES.bind(
                BuiltInViews.completed(tree, problems), place, file, directory, window, environment, catalog, problems);
        FeaturesDocument document = bound.document();
        FeatureDefinition definition = new FeatureDefinition(
                document.view(),
                document.description(),
                document.events().batch(),
                document.events().stream(),
                DocumentFile.labelled(document.events().transform()),
                document.load().flatMap(FeatureTargets::batch),
                document.load().flatMap(FeatureTargets::stream),
                document.tiles(),
                document.run(),
                document.stream(),
                document.schedule(),
                file,
                directory,
                bound.fingerprint());
        return new LoadedFeatures(definition, bound.warnings());
    }
}
