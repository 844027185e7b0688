package io.millrace.core.config;

import io.millrace.api.Suggestion;
import java.util.List;
import java.util.Optional;

/** Finds which alternative of a {@link Shape.OneOf} is written, and with what below it. */
final class Choice {
    private Choice() {}

    static Optional<YamlNode.Entry> of(Shape.OneOf shape, YamlNode node, String path, Place place, Problems problems) {
        if (node instanceof YamlNode.Scalar scalar) {
            return bare(shape, scalar, path, place, problems);
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(place, path, "must be " + shape.expectation() + "; found a list");
            return Optional.empty();
        }
        List<YamlNode.Entry> entries = mapping.entries();
        if (entries.isEmpty()) {
            problems.add(place, path, "names no " + shape.what() + known(shape));
            return Optional.empty();
        }
        if (entries.size() > 1) {
            YamlNode.Entry second = entries.get(1);
            problems.add(
                    second.place(),
                    path,
                    "must name exactly one " + shape.what() + ", but has the keys '"
                            + entries.get(0).key() + "' and '" + second.key()
                            + "'; indent what belongs below '" + entries.get(0).key() + "'");
            return Optional.empty();
        }
        YamlNode.Entry entry = entries.get(0);
        return named(shape, entry.key(), KeyPath.join(path, entry.key()), entry.place(), problems)
                ? Optional.of(entry)
                : Optional.empty();
    }

    private static Optional<YamlNode.Entry> bare(
            Shape.OneOf shape, YamlNode.Scalar scalar, String path, Place place, Problems problems) {
        String name = scalar.text();
        Shape.Alternative alternative = shape.alternatives().get(name);
        if (alternative == null) {
            if (shape.refused().containsKey(name)) {
                problems.add(place, path, shape.refused().get(name));
            } else {
                String found = " " + scalar.shown();
                String near = scalar.expansion().isPresent()
                        ? ""
                        : Suggestion.didYouMean(name, shape.alternatives().keySet());
                problems.add(
                        place,
                        path,
                        (shape.secret()
                                        ? "must be a map that names the " + shape.what()
                                        : "unknown " + shape.what() + found + near)
                                + known(shape));
            }
            return Optional.empty();
        }
        boolean complete = alternative.shape().get() instanceof Shape.Settings settings && settings.mayBeEmpty();
        if (!shape.bare() || !complete) {
            problems.add(
                    place, path, "'" + name + "' must be a key: write {" + name + ": " + (complete ? "{}" : "…") + "}");
            return Optional.empty();
        }
        return Optional.of(new YamlNode.Entry(name, place, new YamlNode.Mapping(place, List.of())));
    }

    private static boolean named(Shape.OneOf shape, String name, String path, Place place, Problems problems) {
        if (shape.alternatives().containsKey(name)) {
            return true;
        }
        problems.add(
                place,
                path,
                shape.refused().containsKey(name)
                        ? shape.refused().get(name)
                        : "unknown " + shape.what()
                                + Suggestion.didYouMean(
                                        name, shape.alternatives().keySet()) + known(shape));
        return false;
    }

    private static String known(Shape.OneOf shape) {
        return shape.alternatives().isEmpty()
                ? " (none are known)"
                : " (known: " + String.join(", ", shape.alternatives().keySet()) + ")";
    }
}
