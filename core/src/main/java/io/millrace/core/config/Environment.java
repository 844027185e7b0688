package io.millrace.core.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration file may refer to outside of itself.
 *
 * @param variables the environment variables
 * @param directory the working directory, against which a relative name of the file itself is resolved
 * @param placeholders whether what is not there is made up, so that a file can be read where its secrets are not
 * @param files the file itself, and those that it names
 */
public record Environment(Map<String, String> variables, Path directory, boolean placeholders, FileSource files) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** One in which what is not there is missing. */
    public Environment(Map<String, String> variables, Path directory) {
        this(variables, directory, false, FileSource.DISK);
    }

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** The same, with other files. */
    public Environment with(FileSource others) {
        return new Environment(variables, directory, placeholders, others);
    }

    /**
     * An environment of no process: every variable has its default, or else a made-up text, and so has every file. What a
     * configuration file says is then the same on every machine.
     */
    public static Environment ofNowhere(Path directory) {
        return new Environment(Map.of(), directory, true, FileSource.DISK);
    }

    /** Does not show the variables' values. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables, " + directory + "]";
    }
}
