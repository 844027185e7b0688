package io.millrace.core.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration file may refer to outside of itself.
 *
 * @param variables the environment variables
 * @param directory the working directory, against which a relative name of the file itself is resolved
 * @param files the file itself, and those that it names
 */
public record Environment(Map<String, String> variables, Path directory, FileSource files) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** With this machine's files. */
    public Environment(Map<String, String> variables, Path directory) {
        this(variables, directory, FileSource.DISK);
    }

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** The same, with other files. */
    public Environment with(FileSource others) {
        return new Environment(variables, directory, others);
    }

    /** Does not show the variables' values. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables, " + directory + "]";
    }
}
