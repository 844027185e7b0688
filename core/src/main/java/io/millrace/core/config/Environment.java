package io.millrace.core.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration file may refer to outside of itself.
 *
 * @param variables the environment variables
 * @param directory the working directory, against which a relative name of the file itself is resolved
 */
public record Environment(Map<String, String> variables, Path directory) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** Does not show the variables' values. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables, " + directory + "]";
    }
}
