package io.millrace.core.pipeline;

import io.millrace.api.Connector;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TransformFactory;
import io.millrace.core.plugin.GuardedFactory;
import io.millrace.core.plugin.Plugin;
import io.millrace.core.transform.usercode.UserCodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The connectors and transforms that pipeline files may name. Immutable and thread-safe. */
public final class Catalog {
    private final Map<String, Connector> connectors = new TreeMap<>();
    private final Map<String, TransformFactory<?>> transforms = new TreeMap<>();
    private final List<CatalogEntry> entries = new ArrayList<>();

    private Catalog() {
        BuiltInSteps.all().forEach((name, type) -> entries.add(CatalogEntry.step(name, Plugin.classPath(), type)));
    }

    /** Everything on the class path. An internal error where something cannot be loaded or a name is taken twice. */
    public static Catalog load() {
        return load(List.of());
    }

    /**
     * Everything on the class path and in these plugins. A user error where a plugin cannot be loaded, or has a connector or
     * transform of a name that is taken.
     */
    public static Catalog load(List<Plugin> plugins) {
        List<Plugin> all = new ArrayList<>(List.of(Plugin.classPath()));
        all.addAll(plugins);
        Catalog catalog = new Catalog();
        catalog.add(new UserCodeFactory(all), Plugin.classPath());
        for (Plugin plugin : all) {
            plugin.services(Connector.class, connector -> catalog.add(connector, plugin));
            plugin.services(TransformFactory.class, transform -> catalog.add(transform, plugin));
        }
        return catalog;
    }

    /** Exactly these. An internal error where a name is taken twice. */
    public static Catalog of(List<? extends Connector> connectors, List<? extends TransformFactory<?>> transforms) {
        Catalog catalog = new Catalog();
        connectors.forEach(connector -> catalog.add(connector, Plugin.classPath()));
        transforms.forEach(transform -> catalog.add(transform, Plugin.classPath()));
        return catalog;
    }

    private void add(Connector connector, Plugin plugin) {
        add(CatalogEntry.connector(connector, plugin));
        connectors.put(connector.name(), connector);
    }

    private void add(TransformFactory<?> transform, Plugin plugin) {
        add(CatalogEntry.step(transform.name(), plugin, transform.getClass()));
        transforms.put(transform.name(), plugin.builtIn() ? transform : new GuardedFactory<>(transform, plugin));
    }

    private void add(CatalogEntry entry) {
        for (CatalogEntry other : entries) {
            if (other.kind() == entry.kind() && other.name().equals(entry.name())) {
                throw new MillraceException(
                        entry.plugin().builtIn() ? ErrorKind.INTERNAL : ErrorKind.USER,
                        "two " + entry.kind().plural() + " are named '" + entry.name() + "': " + other.describe()
                                + " and " + entry.describe() + "; remove one of them");
            }
        }
        entries.add(entry);
    }

    /** All connectors by name, in the order of the names. */
    public Map<String, Connector> connectors() {
        return Collections.unmodifiableMap(connectors);
    }

    /** All row transforms by name, in the order of the names. */
    public Map<String, TransformFactory<?>> transforms() {
        return Collections.unmodifiableMap(transforms);
    }

    /** The plugin that a connector comes from. */
    Plugin pluginOf(String connector) {
        return entries.stream()
                .filter(entry -> entry.kind() == CatalogEntry.Kind.CONNECTOR
                        && entry.name().equals(connector))
                .findFirst()
                .orElseThrow()
                .plugin();
    }

    /** All connectors and steps with where they come from, by kind and name. */
    public List<CatalogEntry> entries() {
        return entries.stream().sorted().toList();
    }
}
