package io.millrace.core.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * The classes of one plugin: those of its jars, the JDK and Millrace's API. Nothing else of Millrace is seen, so that a plugin
 * may bring any version of any library, and none of its classes are seen by others.
 */
final class PluginLoader extends URLClassLoader {
    private static final String API = "io.millrace.api.";

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final ClassLoader api;

    PluginLoader(String plugin, List<URL> jars, ClassLoader api) {
        super("plugin " + plugin, jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        this.api = api;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return name.startsWith(API) ? api.loadClass(name) : super.loadClass(name, resolve);
    }
}
