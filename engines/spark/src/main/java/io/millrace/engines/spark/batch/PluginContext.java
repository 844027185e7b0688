package io.millrace.engines.spark.batch;

import io.millrace.core.plugin.Plugin;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Sees the classes of all plugins, those of the first one first. Libraries that look for implementations by the thread's class
 * loader then find their own, and not those of Spark's class path.
 */
final class PluginContext extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final List<ClassLoader> plugins;

    PluginContext(List<Plugin> plugins) {
        super("plugins", null);
        this.plugins = plugins.stream().map(Plugin::loader).toList();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (ClassLoader plugin : plugins) {
            try {
                return plugin.loadClass(name);
            } catch (ClassNotFoundException elsewhere) {
                // Perhaps the next one has it.
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected URL findResource(String name) {
        for (ClassLoader plugin : plugins) {
            URL found = plugin.getResource(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        for (ClassLoader plugin : plugins) {
            found.addAll(Collections.list(plugin.getResources(name)));
        }
        return Collections.enumeration(found);
    }
}
