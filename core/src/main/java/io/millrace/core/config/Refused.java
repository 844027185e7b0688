package io.millrace.core.config;

import io.millrace.api.InvalidSetting;
import java.util.Optional;

/** Tells what a settings record refused at the place of the key it names. */
final class Refused {
    private Refused() {}

    static void setting(InvalidSetting refusal, YamlNode node, String path, Place at, Problems problems) {
        YamlNode current = node;
        Place place = at;
        String below = path;
        for (String key : refusal.key().split("\\.")) {
            below = KeyPath.join(below, key);
            Optional<YamlNode> next = child(current, key);
            if (next.isPresent()) {
                current = next.get();
                place = current.place();
            }
        }
        problems.addForeign(place, below, refusal.getMessage());
    }

    private static Optional<YamlNode> child(YamlNode node, String key) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entry(key).map(YamlNode.Entry::value);
        }
        if (node instanceof YamlNode.Sequence sequence && key.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(key);
            return index < sequence.items().size()
                    ? Optional.of(sequence.items().get(index))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
