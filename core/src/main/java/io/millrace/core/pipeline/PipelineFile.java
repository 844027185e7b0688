package io.millrace.core.pipeline;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Place;
import io.millrace.core.config.Problems;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.config.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads pipeline files. */
public final class PipelineFile {
    static final DocumentFile<PipelineDocument> FILES = new DocumentFile<>(
            PipelineDocument.class,
            "pipeline",
            path -> path.matches("(?:extract|transform|load)(?:\\..*)?"),
            document -> new UsedParts(List.of(document.extract()), List.of(document.load()), document.transform()));

    private PipelineFile() {}

    /**
     * Reads and checks a file. Touches nothing but it and the files that its {@code ${file:…}} references and its steps
     * name.
     *
     * @param file messages name it as it is given here
     * @param sets settings {@code key.path=value} that edit it
     * @param window what {@code ${window.start}} and {@code ${window.end}} stand for
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong, one line each
     */
    public static LoadedPipeline load(
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
     * A pipeline from Java values, with the keys of a pipeline file; {@link SettingsMaps#tree} says which values it may
     * have. References are filled in; relative paths are resolved against the environment's directory.
     *
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong, one line each
     */
    public static LoadedPipeline ofMap(
            Map<String, ?> document, Optional<TimeWindow> window, Environment environment, Catalog catalog) {
        Place place = Place.named("");
        Path directory = environment.directory().toAbsolutePath().normalize();
        return bind(
                SettingsMaps.tree(document, place),
                place,
                Path.of(""),
                directory,
                window,
                environment,
                catalog,
                new Problems());
    }

    private static LoadedPipeline bind(
            YamlNode tree,
            Place place,
            Path file,
            Path directory,
            Optional<TimeWindow> window,
            Environment environment,
            Catalog catalog,
            Problems problems) {
        BoundDocument<PipelineDocument> bound =
                FILES.bind(tree, place, file, directory, window, environment, catalog, problems);
        PipelineDocument document = bound.document();
        PipelineDefinition definition = new PipelineDefinition(
                document.pipeline(),
                document.description(),
                document.extract(),
                DocumentFile.labelled(document.transform()),
                document.load(),
                document.run(),
                document.stream(),
                document.schedule(),
                file,
                directory,
                bound.fingerprint());
        return new LoadedPipeline(definition, bound.warnings());
    }
}
