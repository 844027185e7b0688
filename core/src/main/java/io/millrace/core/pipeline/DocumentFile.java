package io.millrace.core.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.TimeWindow;
import io.millrace.core.config.Binder;
import io.millrace.core.config.ConfigFile;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Interpolator;
import io.millrace.core.config.JsonSchemas;
import io.millrace.core.config.Overrides;
import io.millrace.core.config.Place;
import io.millrace.core.config.Problems;
import io.millrace.core.config.YamlNode;
import io.millrace.core.config.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads files of one kind, whose documents are settings records that may have sources, targets and steps in them: components of
 * type {@link SourceDefinition}, {@link TargetDefinition} and {@link StepDefinition}.
 *
 * @param type the record of the whole document
 * @param nameKey the key that the kind is told by and runs are found again by
 * @param touchesRows which paths, such as {@code extract.postgres.table}, are part of the definition's fingerprint
 * @param parts what of a document rows go through: plugins among it are part of the fingerprint too
 */
public record DocumentFile<D extends Record>(
        Class<D> type, String nameKey, Predicate<String> touchesRows, Function<D, UsedParts> parts) {
    /**
     * The tree of a file with the edits {@code key.path=value} made; problems are told to {@code problems}, and where there is
     * no tree they are thrown.
     */
    public static YamlNode tree(Path file, List<String> sets, Environment environment, Problems problems) {
        Optional<YamlNode> tree = ConfigFile.read(file, environment, problems)
                .flatMap(text -> YamlReader.read(text, file.toString(), problems));
        if (tree.isEmpty()) {
            if (problems.isEmpty()) {
                problems.add(new Place(file.toString(), 1, 1), "", "the file holds no pipeline, only comments");
            }
            throw problems.exception();
        }
        return new Overrides(problems).apply(tree.get(), sets);
    }

    /** The folder that relative paths in a file are resolved against. */
    public static Path directory(Path file, Environment environment) {
        return environment
                .directory()
                .resolve(file)
                .toAbsolutePath()
                .normalize()
                .getParent();
    }

    /**
     * A document from its tree. References are filled in; relative paths are resolved against the directory.
     *
     * @param place of what is missing in the document
     * @param file as the user typed it, empty where it came from no file
     * @param window what {@code ${window.start}} and {@code ${window.end}} stand for
     * @throws io.millrace.api.MillraceException a user error that lists everything that is wrong, one line each
     */
    public BoundDocument<D> bind(
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
        Object bound = binder.bind(PipelineShape.of(type, catalog, files), filled, "", place);
        problems.throwIfAny();
        D document = type.cast(bound);
        return new BoundDocument<>(
                document,
                file,
                directory,
                DefinitionFingerprint.of(
                        binder.leaves(),
                        files.hashes(),
                        UsedPlugins.content(parts.apply(document), catalog),
                        touchesRows),
                problems.warnings());
    }

    /** The JSON Schema of these files, 2020-12, with what this catalog has; the same text for the same catalog. */
    public String schema(String title, Catalog catalog) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try {
            return new ObjectMapper()
                            .writer(printer)
                            .writeValueAsString(JsonSchemas.document(
                                    title, PipelineShape.of(type, catalog, path -> Optional.empty())))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    /** Runs are found again by the name, so it must not depend on where or for when the file is read. */
    private YamlNode withoutReferencesInName(YamlNode tree, Problems problems) {
        if (!(tree instanceof YamlNode.Mapping mapping)) {
            return tree;
        }
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            boolean reference = entry.key().equals(nameKey)
                    && entry.value() instanceof YamlNode.Scalar name
                    && name.text().contains("${");
            if (reference) {
                problems.add(entry.value().place(), nameKey, "the name must be written out, without references");
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

    /** The steps with labels that are unique: the second of a name has {@code -2} behind it. */
    public static List<StepDefinition> labelled(List<StepDefinition> steps) {
        Map<String, Integer> seen = new HashMap<>();
        List<StepDefinition> labelled = new ArrayList<>();
        for (StepDefinition step : steps) {
            int count = seen.merge(step.name(), 1, Integer::sum);
            labelled.add(count == 1 ? step : step.labelled(step.name() + "-" + count));
        }
        return labelled;
    }
}
