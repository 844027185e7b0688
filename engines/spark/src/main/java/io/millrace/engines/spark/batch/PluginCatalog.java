package io.millrace.engines.spark.batch;

import io.millrace.core.pipeline.Catalog;
import io.millrace.core.plugin.Plugin;
import io.millrace.core.plugin.PluginContext;
import io.millrace.core.plugin.PluginFolders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Core's own steps, and plugins: the connectors too come as such, because what they bring (Parquet, Hadoop) must not meet
 * Spark's.
 *
 * @param folders whose folders of jars are the plugins, on every machine
 */
record PluginCatalog(List<String> folders) implements CatalogSource {
    private static final Map<List<String>, Found> FOUND = new ConcurrentHashMap<>();

    static PluginCatalog of(List<Path> folders) {
        return new PluginCatalog(folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize().toString())
                .toList());
    }

    @Override
    public Found find() {
        return FOUND.computeIfAbsent(folders, PluginCatalog::load);
    }

    static Found load(List<String> folders) {
        List<Plugin> plugins = PluginFolders.load(folders.stream().map(Path::of).toList());
        return new Found(Catalog.load(plugins), new PluginContext(plugins));
    }
}
