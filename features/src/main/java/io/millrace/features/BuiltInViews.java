package io.millrace.features;

import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import io.millrace.core.config.Environment;
import io.millrace.core.config.Place;
import io.millrace.core.config.Problems;
import io.millrace.core.config.YamlNode;
import io.millrace.core.config.YamlReader;
import io.millrace.core.pipeline.Catalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The views that come with Millrace. A features file takes one over by {@code extends: builtin:NAME}. */
public final class BuiltInViews {
    /** What stands in front of a built-in view's name. */
    public static final String PREFIX = "builtin:";

    private static final List<String> NAMES =
            List.of("daily_user_aggregation", "daily_item_aggregation", "user_features", "item_features");

    private static final String EXTENDS = "extends";
    /** The column of the events' time, unless a file says another one. */
    public static final String TIME = "timestamp";

    private static final String DEFAULT_ZONE = "UTC";

    private BuiltInViews() {}

    /** Their names, without the prefix. */
    public static List<String> names() {
        return NAMES;
    }

    /** A view as it is built in, without sources and targets. */
    public static FeatureView view(String name) {
        Environment none = new Environment(Map.of(), Path.of("").toAbsolutePath());
        return FeaturesFile.ofMap(
                        Map.of("features", name, EXTENDS, PREFIX + name),
                        List.of(),
                        Optional.empty(),
                        none,
                        Catalog.of(List.of(), List.of()))
                .definition()
                .view();
    }

    /** The YAML text of a built-in view; a user error that names the nearest where there is none. */
    public static String text(String name) {
        if (!NAMES.contains(name)) {
            throw MillraceException.user("there is no built-in view '" + name + "'" + Suggestion.didYouMean(name, NAMES)
                    + "; there are " + String.join(", ", NAMES));
        }
        try (InputStream resource = BuiltInViews.class.getResourceAsStream("builtin/" + name + ".yaml")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A file's tree with what it takes over from the built-in view that it extends, where it does. */
    static YamlNode completed(YamlNode tree, Problems problems) {
        Optional<YamlNode.Entry> extending = entry(tree, EXTENDS);
        if (extending.isEmpty() || !(extending.get().value() instanceof YamlNode.Scalar base)) {
            return tree;
        }
        if (!base.text().startsWith(PREFIX)) {
            problems.add(base.place(), EXTENDS, "must be a built-in view, such as " + PREFIX + NAMES.get(0));
            return tree;
        }
        String text;
        try {
            text = text(base.text().substring(PREFIX.length()));
        } catch (MillraceException unknown) {
            problems.add(base.place(), EXTENDS, unknown.getMessage());
            return tree;
        }
        String time = entry(tree, "events")
                .flatMap(events -> scalar(events.value(), "time"))
                .orElse(TIME);
        String filled = text.replace("@time", "\\\"" + time.replace("\"", "\\\"\\\"") + "\\\"")
                .replace("@zone", scalar(tree, "zone").orElse(DEFAULT_ZONE));
        return YamlReader.read(filled, base.text(), problems)
                .map(view -> merged(view, tree))
                .orElse(tree);
    }

    private static Optional<YamlNode.Entry> entry(YamlNode tree, String key) {
        return tree instanceof YamlNode.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> scalar(YamlNode tree, String key) {
        return entry(tree, key)
                .map(YamlNode.Entry::value)
                .filter(YamlNode.Scalar.class::isInstance)
                .map(value -> ((YamlNode.Scalar) value).text());
    }

    /** Maps key by key, anything else as the upper one has it. */
    private static YamlNode merged(YamlNode lower, YamlNode upper) {
        if (!(lower instanceof YamlNode.Mapping below) || !(upper instanceof YamlNode.Mapping above)) {
            return upper;
        }
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (YamlNode.Entry entry : below.entries()) {
            Optional<YamlNode.Entry> over = entry(above, entry.key());
            entries.add(over.map(replacing -> new YamlNode.Entry(
                            entry.key(), replacing.place(), merged(entry.value(), replacing.value())))
                    .orElse(entry));
        }
        for (YamlNode.Entry entry : above.entries()) {
            if (entry(below, entry.key()).isEmpty()) {
                entries.add(entry);
            }
        }
        return new YamlNode.Mapping(place(above), entries);
    }

    private static Place place(YamlNode.Mapping mapping) {
        return mapping.place();
    }
}
