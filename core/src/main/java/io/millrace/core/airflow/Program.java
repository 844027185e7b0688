package io.millrace.core.airflow;

import java.nio.file.Path;
import java.util.List;

/** What a task runs. */
public sealed interface Program {
    /**
     * The command of Millrace with a pipeline file.
     *
     * @param path absolute, where the DAG is generated
     */
    record OfFile(Path path) implements Program {}

    /**
     * A program that runs a pipeline itself. It finds the window in the environment, {@code MILLRACE_START} and {@code
     * MILLRACE_END}, both empty where there is none; exit code 99 says that there was nothing to do.
     *
     * @param words the program and its arguments, taken as they stand
     */
    record OfCommand(List<String> words) implements Program {
        public OfCommand {
            words = List.copyOf(words);
        }
    }
}
