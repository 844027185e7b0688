package io.millrace.core.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * A thread's class loader for where connectors come as plugins: their libraries, which look for implementations by it, find
 * their own, and not other versions on the class path. What no plugin has is looked for on the class path.
 */
public final class PluginContext extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String JDK_SERVICES = "META-INF/services/java.";

    private final List<ClassLoader> loaders;

    /** The classes of the first plugin first. */
    public PluginContext(List<Plugin> plugins) {
        super("plugins", null);
        this.loaders = new ArrayList<>();
        plugins.forEach(plugin -> loaders.add(plugin.loader()));
        loaders.add(PluginContext.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (ClassLoader loader : loaders) {
            try {
                return loader.loadClass(name);
            } catch (ClassNotFoundException elsewhere) {
                // Perhaps the next one has it.
            }
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected URL findResource(String name) {
        for (ClassLoader loader : loaders) {
            URL found = loader.getResource(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Of the first that has any: services of one plugin are not those of another, nor of the class path. Those of the JDK, such
     * as database drivers, may come from anywhere.
     */
    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        for (ClassLoader loader : loaders) {
            if (found.isEmpty() || name.startsWith(JDK_SERVICES)) {
                found.addAll(Collections.list(loader.getResources(name)));
            }
        }
        return Collections.enumeration(found);
    }
}
