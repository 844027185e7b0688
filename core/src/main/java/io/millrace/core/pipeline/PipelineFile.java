package io.millrace.core.pipeline;

import io.millrace.api.TimeWindow;
import io.millrace.core.config.Binder;
import io.millrace.core.config.ConfigFile;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Interpolator;
import io.millrace.core.config.Overrides;
import io.millrace.core.config.Place;
import io.millrace.core.config.Problems;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.config.YamlNode;
import io.millrace.core.config.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads pipeline files. */
public final class PipelineFile {
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
        Path absolute = environment.directory().resolve(file).toAbsolutePath().normalize();
        Optional<YamlNode> tree = ConfigFile.read(file, environment, problems)
                .flatMap(text -> YamlReader.read(text, file.toString(), problems));
        if (tree.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add(new Place(file.toString(), 1, 1), "", "the file holds no pipeline, only comments");
            }
            throw problems.exception();
        }
        YamlNode edited = new Overrides(problems).apply(tree.get(), sets);
        return bind(
                edited,
                new Place(file.toString(), 1, 1),
                file,
                absolute.getParent(),
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
        YamlNode named = withoutReferencesInName(tree, problems);
        YamlNode filled = new Interpolator(environment, directory, window, problems).apply(named);
        Binder binder = new Binder(problems);
        RecordedFiles files = new RecordedFiles(new EnvironmentFiles(environment.files(), directory));
        Object bound = binder.bind(PipelineShape.of(catalog, files), filled, "", place);
        problems.throwIfAny();
        PipelineDocument document = (PipelineDocument) bound;
        PipelineDefinition definition = new PipelineDefinition(
                document.pipeline(),
                document.description(),
                document.extract(),
                labelled(document.transform()),
                document.load(),
                document.run(),
                document.schedule(),
                file,
                directory,
                DefinitionFingerprint.of(binder.leaves(), files.hashes(), UsedPlugins.content(document, catalog)));
        return new LoadedPipeline(definition, problems.warnings());
    }

    /** Runs are found again by the name, so it must not depend on where or for when the file is read. */
    private static YamlNode withoutReferencesInName(YamlNode tree, Problems problems) {
        if (!(tree instanceof YamlNode.Mapping mapping)) {
            return tree;
        }
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            boolean reference = entry.key().equals("pipeline")
                    && entry.value() instanceof YamlNode.Scalar name
                    && name.text().contains("${");
            if (reference) {
                problems.add(entry.value().place(), "pipeline", "the name must be written out, without references");
            }
            entries.add(
                    reference
                            ? new YamlNode.Entry(
                                    entry.key(),
                                    entry.place(),
                                    new YamlNode.Broken(entry.value().place()))
                            : entry);
        }
        return new YamlNode.Mapping(mapping.place(), entries);
    }

    private static List<StepDefinition> labelled(List<StepDefinition> steps) {
        Map<String, Integer> seen = new HashMap<>();
        List<StepDefinition> labelled = new ArrayList<>();
        for (StepDefinition step : steps) {
            int count = seen.merge(step.name(), 1, Integer::sum);
            labelled.add(count == 1 ? step : step.labelled(step.name() + "-" + count));
        }
        return labelled;
    }
}
