package io.millrace.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plain Java values of a tree: String, Number, Boolean, List and Map. */
final class PlainValues {
    private PlainValues() {}

    /** The values of a node; empty where a part of it is a surprise, which then is a problem. */
    static Optional<Object> of(YamlNode node, String path, Problems problems) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (scalar.isNull()) {
                problems.add(scalar.place(), path, "has no value; remove the key or give it one");
                return Optional.empty();
            }
            return Optional.ofNullable(new ScalarBinder(problems)
                    .bind(new Shape.Scalar(), scalar, path, scalar.place(), new LinkedHashMap<>()));
        } else if (node instanceof YamlNode.Sequence sequence) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                of(sequence.items().get(i), KeyPath.join(path, i), problems).ifPresent(values::add);
            }
            return values.size() == sequence.items().size() ? Optional.of(List.copyOf(values)) : Optional.empty();
        } else if (node instanceof YamlNode.Mapping mapping) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (YamlNode.Entry entry : mapping.entries()) {
                of(entry.value(), KeyPath.join(path, entry.key()), problems)
                        .ifPresent(value -> values.put(entry.key(), value));
            }
            return values.size() == mapping.entries().size()
                    ? Optional.of(Collections.unmodifiableMap(values))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Adds what identifies a tree: text and other values are told apart, the way of quoting is not. */
    static void leaves(YamlNode node, String path, Map<String, Leaf> leaves) {
        if (node instanceof YamlNode.Scalar scalar) {
            String stable = scalar.expansion().map(YamlNode.Expansion::stable).orElse(scalar.text());
            Object value = scalar.plain() ? ScalarReading.value(stable) : stable;
            String canonical = value instanceof String || value == null ? "'" + stable + "'" : value.toString();
            leaves.put(
                    path,
                    new Leaf(
                            UrlSecrets.hide(scalar.expansion()
                                    .map(YamlNode.Expansion::source)
                                    .orElse(stable)),
                            canonical));
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                leaves(sequence.items().get(i), KeyPath.join(path, i), leaves);
            }
        } else if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                leaves(entry.value(), KeyPath.join(path, entry.key()), leaves);
            }
        }
    }
}
