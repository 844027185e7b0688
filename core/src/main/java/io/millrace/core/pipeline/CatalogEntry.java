package io.millrace.core.pipeline;

import io.millrace.api.Connector;
import io.millrace.core.plugin.Plugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something that pipeline files may name, and where it comes from. Ordered by kind and name.
 *
 * @param uses what a connector can be used for: {@code extract}, {@code load}, {@code look up}; empty for a step
 */
public record CatalogEntry(Kind kind, String name, List<String> uses, Plugin plugin, String className)
        implements Comparable<CatalogEntry> {
    /** Where it stands in a pipeline file. */
    public enum Kind {
        CONNECTOR("connectors"),
        TRANSFORM("transforms");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        String plural() {
            return plural;
        }
    }

    static CatalogEntry connector(Connector connector, Plugin plugin) {
        List<String> uses = new ArrayList<>();
        connector.source().ifPresent(source -> uses.add("extract"));
        connector.target().ifPresent(target -> uses.add("load"));
        connector.lookup().ifPresent(lookup -> uses.add("look up"));
        return new CatalogEntry(
                Kind.CONNECTOR,
                connector.name(),
                uses,
                plugin,
                connector.getClass().getName());
    }

    static CatalogEntry step(String name, Plugin plugin, Class<?> type) {
        return new CatalogEntry(Kind.TRANSFORM, name, List.of(), plugin, type.getName());
    }

    /** Its class and where that lies, for messages. */
    String describe() {
        return className + (plugin.builtIn() ? "" : " of " + plugin.describe());
    }

    @Override
    public int compareTo(CatalogEntry other) {
        return Comparator.comparing(CatalogEntry::kind)
                .thenComparing(CatalogEntry::name)
                .compare(this, other);
    }
}
