package io.millrace.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Edits a tree by settings of the command line, {@code a.b.0.c=value}: the value is YAML, maps are made as needed, a list's
 * item is named by its index, and the index behind the last appends. A key with a dot is put into double quotes.
 */
public final class Overrides {
    private final Problems problems;

    public Overrides(Problems problems) {
        this.problems = problems;
    }

    /** The tree with all these settings, in their order. */
    public YamlNode apply(YamlNode root, List<String> settings) {
        YamlNode edited = root;
        for (String setting : settings) {
            edited = apply(edited, setting);
        }
        return edited;
    }

    private YamlNode apply(YamlNode root, String setting) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            problems.add(Place.named("--set " + setting), "", "is not of the form key.path=value");
            return root;
        }
        String path = setting.substring(0, equals).strip();
        // The value may be a secret, so the place does not repeat it.
        Place place = Place.named("--set " + path + "=…");
        try {
            List<String> keys = KeyPath.split(path);
            Optional<YamlNode> value = value(setting.substring(equals + 1), place);
            return value.isEmpty() ? root : set(root, keys, 0, value.get(), place);
        } catch (IllegalArgumentException e) {
            problems.add(place, "", e.getMessage());
            return root;
        }
    }

    private Optional<YamlNode> value(String text, Place place) {
        if (text.isBlank()) {
            return Optional.of(new YamlNode.Scalar(place, "", false, Optional.empty()));
        }
        Optional<YamlNode> value = YamlReader.readAt(place, text, problems);
        if (value.isEmpty() && problems.isEmpty()) {
            problems.add(place, "", "the value is not YAML; quote it if text is meant");
        }
        return value;
    }

    private static YamlNode set(YamlNode node, List<String> keys, int depth, YamlNode value, Place place) {
        if (depth == keys.size()) {
            return value;
        }
        String key = keys.get(depth);
        if (node instanceof YamlNode.Sequence sequence) {
            List<YamlNode> items = new ArrayList<>(sequence.items());
            int index = index(key, items.size());
            if (index == items.size()) {
                items.add(set(empty(place), keys, depth + 1, value, place));
            } else {
                items.set(index, set(items.get(index), keys, depth + 1, value, place));
            }
            return new YamlNode.Sequence(sequence.place(), items);
        }
        YamlNode.Mapping mapping = mapping(node, keys, depth, place);
        List<YamlNode.Entry> entries = new ArrayList<>(mapping.entries());
        for (int i = 0; i < entries.size(); i++) {
            YamlNode.Entry entry = entries.get(i);
            if (entry.key().equals(key)) {
                entries.set(
                        i, new YamlNode.Entry(key, entry.place(), set(entry.value(), keys, depth + 1, value, place)));
                return new YamlNode.Mapping(mapping.place(), entries);
            }
        }
        entries.add(new YamlNode.Entry(key, place, set(empty(place), keys, depth + 1, value, place)));
        return new YamlNode.Mapping(mapping.place(), entries);
    }

    private static YamlNode.Mapping mapping(YamlNode node, List<String> keys, int depth, Place place) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        if (node instanceof YamlNode.Broken || node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return empty(place);
        }
        String reached = keys.subList(0, depth).stream().reduce("", KeyPath::join);
        throw new IllegalArgumentException(
                "'" + reached + "' is a single value, so there is no '" + keys.get(depth) + "' below it");
    }

    private static YamlNode.Mapping empty(Place place) {
        return new YamlNode.Mapping(place, List.of());
    }

    private static int index(String key, int size) {
        int index = key.matches("[0-9]{1,6}") ? Integer.parseInt(key) : -1;
        if (index < 0 || index > size) {
            throw new IllegalArgumentException("'" + key + "' is not an index of the list; it has " + size
                    + " items, counted from 0, and " + size + " appends one");
        }
        return index;
    }
}
