package io.millrace.core.plugin;

import io.millrace.api.ApiVersion;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Finds plugins in folders: {@code FOLDER/<plugin>/*.jar}. */
public final class PluginFolders {
    private PluginFolders() {}

    /**
     * The plugins of these folders in the order of their names; folders that do not exist hold none. Of two plugins with one
     * name, the one of the earlier folder counts. A user error where a folder is not laid out so, or a jar is damaged or made
     * for another version of the API.
     */
    public static List<Plugin> load(Collection<Path> folders) {
        Map<String, Plugin> plugins = new TreeMap<>();
        for (Path folder : folders) {
            for (Path entry : entries(folder)) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry) && !name.startsWith(".")) {
                    plugins.computeIfAbsent(name, first -> plugin(first, entry));
                } else if (name.endsWith(".jar")) {
                    String own = name.substring(0, name.length() - ".jar".length());
                    throw MillraceException.user(entry + " lies directly in the folder of plugins; each plugin has a"
                            + " folder of its own: move it to "
                            + folder.resolve(own).resolve(name));
                }
            }
        }
        return List.copyOf(plugins.values());
    }

    private static Plugin plugin(String name, Path folder) {
        List<Path> jars = jars(folder);
        if (jars.isEmpty()) {
            throw MillraceException.user(
                    "plugin '" + name + "': there is no jar in " + folder + "; put it there, or remove the folder");
        }
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            checkVersion(name, jar);
            urls.add(url(jar));
        }
        ClassLoader api = Plugin.class.getClassLoader();
        return new Plugin(name, Optional.of(folder), new PluginLoader(name, urls, api));
    }

    private static void checkVersion(String plugin, Path jar) {
        String version;
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            version = manifest == null ? null : manifest.getMainAttributes().getValue(ApiVersion.MANIFEST_KEY);
        } catch (IOException damaged) {
            throw new MillraceException(
                    ErrorKind.USER,
                    "plugin '" + plugin + "': " + jar + " cannot be read as a jar (" + damaged.getMessage() + ")",
                    damaged);
        }
        if (version != null && !version.equals(String.valueOf(ApiVersion.CURRENT))) {
            throw MillraceException.user("plugin '" + plugin + "': " + jar + " was built for version " + version
                    + " of Millrace's API, and this Millrace has version " + ApiVersion.CURRENT
                    + "; get a build of the plugin for it");
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The jars directly in a folder, in the order of their names. */
    static List<Path> jars(Path folder) {
        return entries(folder).stream()
                .filter(entry -> entry.toString().endsWith(".jar"))
                .toList();
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException failed) {
            throw MillraceException.denied("cannot look for plugins in " + folder + " (" + failed + ")", failed);
        }
    }
}
