package io.millrace.app.command;

import io.millrace.api.MillraceException;
import io.millrace.core.pipeline.Catalog;
import io.millrace.core.plugin.OwnConnectors;
import io.millrace.core.plugin.Plugin;
import io.millrace.core.plugin.PluginContext;
import io.millrace.core.plugin.PluginFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where plugins lie. */
final class PluginOption {
    /** The folder that the launcher lies in. */
    private static final String HOME = "millrace.home";

    private static final String FOLDER = "plugins";
    /** Where the connectors lie, as a plugin, in a process whose own libraries must not meet theirs. */
    static final String CONNECTORS = "millrace.connectors";

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description =
                    "Where plugins lie, each a folder of jars (default: plugins beside the pipeline file, or here).")
    private Path folder;

    /** The folders that are looked into, for a pipeline file in this one; those for all pipelines are last. */
    List<Path> folders(Path directory) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw MillraceException.user("--plugins " + folder + " is not a folder");
        }
        List<Path> folders = new ArrayList<>();
        folders.add(folder == null ? directory.resolve(FOLDER) : folder.toAbsolutePath());
        String home = System.getProperty(HOME);
        if (home != null) {
            folders.add(Path.of(home, FOLDER));
        }
        String connectors = System.getProperty(CONNECTORS);
        if (connectors != null) {
            folders.add(Path.of(connectors));
        }
        return folders;
    }

    /** What a pipeline file in this folder may name. */
    Catalog catalog(Path directory) {
        List<Plugin> plugins = new ArrayList<>();
        OwnConnectors.ofProcess().ifPresent(plugins::add);
        plugins.addAll(PluginFolders.load(folders(directory)));
        if (System.getProperty(CONNECTORS) != null) {
            Thread.currentThread().setContextClassLoader(new PluginContext(plugins));
        }
        return Catalog.load(plugins);
    }
}
