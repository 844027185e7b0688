package io.millrace.core.config;

import java.util.List;
import java.util.Optional;

/** A part of a configuration file as it is written, with its place. Immutable. */
public sealed interface YamlNode {
    Place place();

    /**
     * A single value.
     *
     * @param text with references filled in, once that is done
     * @param plain false where it is quoted or a block, so that it is text whatever it looks like
     * @param expansion what the references were, where there were any
     */
    record Scalar(Place place, String text, boolean plain, Optional<Expansion> expansion) implements YamlNode {
        /** True where the text stands for nothing: an absent value, {@code null} or {@code ~}. */
        boolean isNull() {
            return plain && expansion.isEmpty() && ScalarReading.isNull(text);
        }

        /** The text for a message, in quotes; of what comes from outside only the reference. */
        String shown() {
            String shown = expansion.map(Expansion::source).orElse(text).replaceAll("\\p{Cntrl}+", " ");
            return "'" + UrlSecrets.hide(shown.length() > 80 ? shown.substring(0, 77) + "…" : shown) + "'";
        }
    }

    /**
     * What became of a text with references.
     *
     * @param source the text as written
     * @param stable the text with everything filled in but the window, which differs from run to run
     * @param outside true where a part comes from the environment or from another file
     */
    record Expansion(String source, String stable, boolean outside) {}

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys, which are unique, and their values, in the order of the file. */
    record Mapping(Place place, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }
    }

    /** One key of a mapping. */
    record Entry(String key, Place place, YamlNode value) {}

    /** What could not be read; its problem has been told, and nothing more needs to be said about it. */
    record Broken(Place place) implements YamlNode {}
}
