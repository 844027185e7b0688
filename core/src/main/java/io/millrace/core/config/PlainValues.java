package io.millrace.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plain Java values of a tree: String, Number, Boolean, List and Map. A part of it may be settings, which are bound by a
 * shape of their own. One use.
 */
final class PlainValues {
    /** What stands at some keys below a value of a type's own form. */
    interface Settings {
        /** The shape of the settings there; empty where there are none. */
        Optional<Shape> shape(List<String> keys);

        /** Their value, or null where it is wrong, which then is a problem. */
        Object bind(Shape shape, YamlNode node, String path);
    }

    private final Problems problems;
    private final Settings settings;
    private final Map<String, Leaf> leaves;
    private boolean complete = true;

    private PlainValues(Problems problems, Settings settings, Map<String, Leaf> leaves) {
        this.problems = problems;
        this.settings = settings;
        this.leaves = leaves;
    }

    /** The values of a node, or null where a part of it is a surprise, which then is a problem. */
    static Object of(YamlNode node, String path, Problems problems) {
        Settings none = new Settings() {
            @Override
            public Optional<Shape> shape(List<String> keys) {
                return Optional.empty();
            }

            @Override
            public Object bind(Shape shape, YamlNode settings, String below) {
                throw new IllegalStateException("there are no settings");
            }
        };
        return of(node, path, problems, none, new LinkedHashMap<>());
    }

    /**
     * The same with settings in it.
     *
     * @param leaves takes what identifies the tree: text and other values are told apart, the way of quoting is not
     */
    static Object of(YamlNode node, String path, Problems problems, Settings settings, Map<String, Leaf> leaves) {
        PlainValues values = new PlainValues(problems, settings, leaves);
        Object value = values.value(node, path, List.of());
        return values.complete ? value : null;
    }

    private Object value(YamlNode node, String path, List<String> keys) {
        Optional<Shape> shape = settings.shape(keys);
        if (shape.isPresent()) {
            return known(settings.bind(shape.get(), node, path));
        } else if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar, path);
        } else if (node instanceof YamlNode.Sequence sequence) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                values.add(value(sequence.items().get(i), KeyPath.join(path, i), and(keys, String.valueOf(i))));
            }
            return Collections.unmodifiableList(values);
        } else if (node instanceof YamlNode.Mapping mapping) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (YamlNode.Entry entry : mapping.entries()) {
                values.put(entry.key(), value(entry.value(), KeyPath.join(path, entry.key()), and(keys, entry.key())));
            }
            return Collections.unmodifiableMap(values);
        }
        return known(null);
    }

    private static List<String> and(List<String> keys, String last) {
        List<String> all = new ArrayList<>(keys);
        all.add(last);
        return all;
    }

    private Object scalar(YamlNode.Scalar scalar, String path) {
        if (scalar.isNull()) {
            problems.add(scalar.place(), path, "has no value; remove the key or give it one");
            return known(null);
        }
        Object value = known(new ScalarBinder(problems)
                .bind(new Shape.Scalar(), scalar, path, scalar.place(), new LinkedHashMap<>()));
        String stable = scalar.expansion().map(YamlNode.Expansion::stable).orElse(scalar.text());
        Object stableValue = scalar.plain() ? ScalarReading.value(stable) : stable;
        leaves.put(
                path,
                new Leaf(
                        UrlSecrets.hide(scalar.expansion()
                                .map(YamlNode.Expansion::source)
                                .orElse(stable)),
                        stableValue instanceof String || stableValue == null
                                ? "'" + stable + "'"
                                : stableValue.toString()));
        return value;
    }

    /** Notes where there is no value. */
    private Object known(Object value) {
        complete &= value != null;
        return value;
    }
}
