package io.millrace.core.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration file may refer to outside of itself.
 *
 * @param variables the environment variables
 * @param directory the working directory, against which a relative name of the file itself is resolved
 * @param placeholders whether what is not there is made up, so that a file can be read where its secrets are not
 */
public record Environment(Map<String, String> variables, Path directory, boolean placeholders) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** One in which what is not there is missing. */
    public Environment(Map<String, String> variables, Path directory) {
        this(variables, directory, false);
    }

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of("").toAbsolutePath());
    }

    /**
     * An environment of no process: every variable has its default, or else a made-up text, and so has every file. What a
     * configuration file says is then the same on every machine.
     */
    public static Environment ofNowhere(Path directory) {
        return new Environment(Map.of(), directory, true);
    }

    /** Does not show the variables' values. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables, " + directory + "]";
    }
}
