package io.millrace.core.config;

import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Makes values from a tree, as shapes say. What is wrong goes to the problems and yields null; binding goes on with the
 * rest, so that all is told at once. One thread.
 */
public final class Binder {
    private final Problems problems;
    private final ScalarBinder scalars;
    private SortedMap<String, Leaf> leaves = new TreeMap<>();

    public Binder(Problems problems) {
        this.problems = problems;
        this.scalars = new ScalarBinder(problems);
    }

    /**
     * The value of a node; null where it is wrong, which then is a problem.
     *
     * @param path the keys that lead to it
     * @param at where its key is, for problems that are not about a written value
     */
    public Object bind(Shape shape, YamlNode node, String path, Place at) {
        if (node instanceof YamlNode.Broken) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            problems.add(place(node, at), path, noValue(shape));
            return null;
        }
        if (shape instanceof Shape.Settings settings) {
            return settings(settings, node, path, at);
        } else if (shape instanceof Shape.Inline inline) {
            Object value = bind(inline.key().shape(), node, path, at);
            return value == null
                    ? null
                    : checked(node, path, place(node, at), () -> Reflection.create(inline.constructor(), value));
        } else if (shape instanceof Shape.OneOf oneOf) {
            return oneOf(oneOf, node, path, at);
        } else if (shape instanceof Shape.ListOf list) {
            return list(list, node, path, at);
        } else if (shape instanceof Shape.MapOf map) {
            return map(map, node, path, at);
        } else if (shape instanceof Shape.Custom custom) {
            return custom(custom, node, path, at);
        }
        return scalars.bind(shape, node, path, at, leaves);
    }

    /**
     * The values that were bound and differ from their defaults, by path. Comments, the way a value is quoted and, except in
     * maps that say so, the order of keys make no difference.
     */
    public SortedMap<String, Leaf> leaves() {
        return leaves;
    }

    private static String noValue(Shape shape) {
        return shape instanceof Shape.Settings settings && settings.mayBeEmpty()
                ? "has no value; remove the key, or write {} to take all defaults"
                : "has no value; it must be " + shape.expectation();
    }

    private Object settings(Shape.Settings shape, YamlNode node, String path, Place at) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(place(node, at), path, "must be " + shape.expectation() + "; found " + Found.in(node, shape));
            return null;
        }
        List<String> known = shape.keys().stream().map(Shape.Key::name).toList();
        List<String> meant = unknownKeys(mapping, known, path);
        Object[] arguments = new Object[known.size()];
        boolean complete = true;
        for (int i = 0; i < arguments.length; i++) {
            Shape.Key key = shape.keys().get(i);
            Optional<YamlNode.Entry> entry = mapping.entry(key.name());
            if (entry.isPresent()) {
                Object value = given(key, entry.get(), KeyPath.join(path, key.name()));
                complete &= value != null;
                arguments[i] = key.presence() == Shape.Presence.OPTIONAL ? Optional.ofNullable(value) : value;
            } else if (key.presence() == Shape.Presence.REQUIRED) {
                complete = false;
                if (!meant.contains(key.name())) {
                    problems.add(
                            at,
                            path,
                            "the key '" + key.name() + "' is missing; it is "
                                    + key.shape().expectation());
                }
            } else {
                arguments[i] = absent(key);
            }
        }
        return complete ? checked(node, path, at, () -> Reflection.create(shape.constructor(), arguments)) : null;
    }

    /** Tells the unknown keys and returns which known ones were probably meant. */
    private List<String> unknownKeys(YamlNode.Mapping mapping, List<String> known, String path) {
        List<String> meant = new ArrayList<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                List<String> free = known.stream()
                        .filter(key -> mapping.entry(key).isEmpty())
                        .toList();
                Suggestion.nearest(entry.key(), free).ifPresent(meant::add);
                problems.add(
                        entry.place(),
                        KeyPath.join(path, entry.key()),
                        "unknown key" + Suggestion.didYouMean(entry.key(), known)
                                + (known.isEmpty()
                                        ? "; none are known here"
                                        : " (known: " + String.join(", ", known) + ")"));
            }
        }
        return meant;
    }

    private Object given(Shape.Key key, YamlNode.Entry entry, String path) {
        SortedMap<String, Leaf> outer = leaves;
        leaves = new TreeMap<>();
        Object value = bind(key.shape(), entry.value(), path, entry.place());
        SortedMap<String, Leaf> written = leaves;
        leaves = outer;
        if (key.presence() != Shape.Presence.DEFAULT || !written.equals(defaultLeaves(key, path))) {
            leaves.putAll(written);
        }
        return value;
    }

    private static SortedMap<String, Leaf> defaultLeaves(Shape.Key key, String path) {
        Binder binder = new Binder(new Problems());
        YamlNode node = key.defaultValue().orElseThrow();
        binder.bind(key.shape(), node, path, node.place());
        return binder.leaves;
    }

    private static Object absent(Shape.Key key) {
        return switch (key.presence()) {
            case REQUIRED -> throw new IllegalStateException(key.name() + " is required");
            case OPTIONAL -> Optional.empty();
            case EMPTY -> key.shape() instanceof Shape.ListOf ? List.of() : Map.of();
            case DEFAULT -> defaultValue(key);
        };
    }

    private static Object defaultValue(Shape.Key key) {
        Problems problems = new Problems();
        YamlNode node = key.defaultValue().orElseThrow();
        Object value = new Binder(problems).bind(key.shape(), node, key.name(), node.place());
        if (!problems.isEmpty()) {
            throw new MillraceException(
                    ErrorKind.INTERNAL,
                    "a default is not valid: " + problems.exception().getMessage());
        }
        return value;
    }

    private Object list(Shape.ListOf shape, YamlNode node, String path, Place at) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            problems.add(place(node, at), path, "must be a list" + Found.asList(node, shape));
            return null;
        }
        SortedMap<String, Leaf> outer = leaves;
        leaves = new TreeMap<>();
        List<Object> values = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode item = sequence.items().get(i);
            Object value = bind(shape.element(), item, KeyPath.join(path, i), place(item, at));
            complete &= value != null;
            values.add(value);
        }
        SortedMap<String, Leaf> written = leaves;
        leaves = outer;
        leaves.putAll(shape.element() instanceof Shape.Text ? Found.oneLeaf(path, values.size(), written) : written);
        return complete ? List.copyOf(values) : null;
    }

    private Object map(Shape.MapOf shape, YamlNode node, String path, Place at) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(place(node, at), path, "must be " + shape.expectation() + "; found " + Found.in(node, shape));
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean complete = true;
        for (YamlNode.Entry entry : mapping.entries()) {
            Object value = bind(shape.value(), entry.value(), KeyPath.join(path, entry.key()), entry.place());
            complete &= value != null;
            values.put(entry.key(), value);
        }
        if (shape.ordered() && values.size() > 1) {
            leaves.put(path + " (order)", Leaf.of(String.join(", ", values.keySet())));
        }
        return complete ? Collections.unmodifiableMap(values) : null;
    }

    private Object custom(Shape.Custom shape, YamlNode node, String path, Place at) {
        PlainValues.Settings settings = new PlainValues.Settings() {
            @Override
            public Optional<Shape> shape(List<String> keys) {
                return shape.within().apply(keys);
            }

            @Override
            public Object bind(Shape within, YamlNode below, String belowPath) {
                return Binder.this.bind(within, below, belowPath, place(below, at));
            }
        };
        Object plain = PlainValues.of(node, path, problems, settings, leaves);
        return plain == null
                ? null
                : checked(node, path, place(node, at), () -> Reflection.call(shape.fromYaml(), plain));
    }

    private Object oneOf(Shape.OneOf shape, YamlNode node, String path, Place at) {
        Optional<YamlNode.Entry> chosen = Choice.of(shape, node, path, place(node, at), problems);
        if (chosen.isEmpty()) {
            return null;
        }
        String name = chosen.get().key();
        Place place = chosen.get().place();
        Shape.Alternative alternative = shape.alternatives().get(name);
        leaves.put(path, Leaf.of(name));
        String below = KeyPath.join(path, name);
        Object value = bind(alternative.shape().get(), chosen.get().value(), below, place);
        return value == null
                ? null
                : checked(chosen.get().value(), below, place, () -> alternative
                        .finish()
                        .apply(value, place));
    }

    /** Runs code of a settings type, and tells what it refuses. */
    private Object checked(YamlNode node, String path, Place at, Supplier<Object> call) {
        try {
            return call.get();
        } catch (InvalidSetting e) {
            Refused.setting(e, node, path, at, problems);
        } catch (IllegalArgumentException | ArithmeticException e) {
            problems.addForeign(at, path, e.getMessage());
        } catch (MillraceException e) {
            if (e.kind() != ErrorKind.USER) {
                throw e;
            }
            problems.addForeign(at, path, e.getMessage());
        }
        return null;
    }

    private static Place place(YamlNode node, Place at) {
        return node.place().equals(Place.named("")) ? at : node.place();
    }
}
