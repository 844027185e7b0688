package io.millrace.core.plugin;

import io.millrace.api.MillraceException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Millrace's own connectors where the class path is an engine's: they are loaded as plugins are, so that neither meets the
 * other's libraries.
 */
public final class OwnConnectors {
    /** The system property that names the folder of their jars, which may hold those of other parts as well. */
    public static final String PROPERTY = "millrace.connector-jars";

    /** What they are called as a plugin. */
    static final String NAME = "connectors";

    private static final Pattern OTHER_PARTS = Pattern.compile("millrace-(?!connector-|format-|storage-).*");

    private OwnConnectors() {}

    /** Those of the folder that the property names; empty where it is not set, and they are on the class path. */
    public static Optional<Plugin> ofProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).map(OwnConnectors::in);
    }

    static Plugin in(Path folder) {
        List<URL> jars = new ArrayList<>();
        for (Path jar : PluginFolders.jars(folder)) {
            if (!OTHER_PARTS.matcher(jar.getFileName().toString()).matches()) {
                jars.add(url(jar));
            }
        }
        if (jars.isEmpty()) {
            throw MillraceException.user("there are no connectors in " + folder + ", which -D" + PROPERTY
                    + " names; start Millrace by its launcher");
        }
        ClassLoader loader = new PluginLoader(NAME, jars, Plugin.class.getClassLoader());
        return new Plugin(NAME, Optional.of(folder), loader);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
