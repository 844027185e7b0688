package io.millrace.core.pipeline;

import io.millrace.core.config.Environment;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an environment as a document refers to: the files that were read of it, and the variables that are mentioned.
 * Holds secrets, which it does not show; it may travel, and must not be stored.
 */
public final class CarriedEnvironment implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Pattern VARIABLE = Pattern.compile("env:([A-Za-z_][A-Za-z0-9_]*)");

    private final String directory;
    private final TreeMap<String, String> variables;
    private final CarriedFiles files;

    private CarriedEnvironment(String directory, TreeMap<String, String> variables, CarriedFiles files) {
        this.directory = directory;
        this.variables = variables;
        this.files = files;
    }

    /** An environment that remembers what is read of it. */
    public static final class Noting {
        private final Environment environment;
        private final NotedFiles files;

        public Noting(Environment environment) {
            this.environment = environment;
            this.files = new NotedFiles(environment.files());
        }

        /** To read a document with. */
        public Environment environment() {
            return environment.with(files);
        }

        /** What was read so far, with the variables that the text of this file mentions, and this text. */
        public CarriedEnvironment carried(Path file, String text) {
            return carried(files.carried().text(environment.directory().resolve(file)) + text);
        }

        /** What was read so far, with the variables that this text mentions. */
        public CarriedEnvironment carried(String text) {
            TreeMap<String, String> variables = new TreeMap<>();
            for (Matcher named = VARIABLE.matcher(text); named.find(); ) {
                String value = environment.variables().get(named.group(1));
                if (value != null) {
                    variables.put(named.group(1), value);
                }
            }
            return new CarriedEnvironment(
                    environment.directory().toAbsolutePath().toString(), variables, files.carried());
        }
    }

    /** The same environment, from what is carried alone. */
    public Environment environment() {
        return new Environment(Map.copyOf(variables), Path.of(directory)).with(files);
    }

    @Override
    public String toString() {
        return "CarriedEnvironment[" + directory + "]";
    }
}
