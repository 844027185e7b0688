package io.millrace.core.plugin;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One plugin, or the class path that Millrace itself runs from. Its classes stay loaded as long as the process lives.
 *
 * @param name of the plugin's folder; {@code built in} for the class path
 * @param folder empty for the class path
 */
public record Plugin(String name, Optional<Path> folder, ClassLoader loader) {
    /** What Millrace itself runs from. */
    public static Plugin classPath() {
        return new Plugin("built in", Optional.empty(), Plugin.class.getClassLoader());
    }

    /** True for Millrace's own class path. */
    public boolean builtIn() {
        return folder.isEmpty();
    }

    /** What it is called in messages. */
    public String describe() {
        return folder.map(path -> "plugin '" + name + "' in " + path).orElse("the class path");
    }

    /**
     * What its jars hold: a SHA-256 by the name of each, that changes with what it holds and not with when or how it was
     * packed. Empty for the class path, and for Millrace's own connectors where an engine has them as a plugin. A user error
     * where one cannot be read.
     */
    public SortedMap<String, String> content() {
        return folder.filter(path -> !name.equals(OwnConnectors.NAME))
                .map(path -> PluginContent.hashes(name, path))
                .orElseGet(TreeMap::new);
    }

    /**
     * Hands over its services of this kind. A user error where one of them cannot be loaded; an internal one where it is a
     * part of Millrace.
     */
    public <S> void services(Class<S> kind, Consumer<S> taking) {
        try {
            ServiceLoader.load(kind, loader).forEach(taking);
        } catch (ServiceConfigurationError | LinkageError failed) {
            throw cannotLoad(failed);
        }
    }

    /** A class of it; empty where there is none of this name. */
    public Optional<Class<?>> find(String className) {
        try {
            return Optional.of(Class.forName(className, true, loader));
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        } catch (LinkageError failed) {
            throw cannotLoad(failed);
        }
    }

    private MillraceException cannotLoad(Throwable failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        return new MillraceException(
                builtIn() ? ErrorKind.INTERNAL : ErrorKind.USER,
                describe() + " cannot be loaded: " + failed.getMessage()
                        + (cause == failed ? "" : " (" + cause + ")")
                        + (builtIn() ? "" : "; a plugin sees the JDK, Millrace's API and the jars of its own folder"),
                failed);
    }
}
