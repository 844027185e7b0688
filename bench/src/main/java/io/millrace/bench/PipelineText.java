package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A pipeline file with one worker, whose target has a name for each repetition within a process: {@code {run}} stands for
 * its number, from 1 on. Sources are named absolutely; a target named relatively lies beside the file.
 */
record PipelineText(String text) {
    private static final String RUN = "{run}";
    private static final String FILE = "route.yaml";
    private static final int REPETITIONS = 2;

    /** What is written beside the file, by the last repetition or by the only one. */
    static Path output(Path folder, String name) {
        Path last = folder.resolve("run-" + REPETITIONS);
        return (Files.exists(last) ? last : folder).resolve(name);
    }

    /** The file as the repetition of this number has it. */
    static String numbered(String text, int number) {
        return text.replace(RUN, Integer.toString(number));
    }

    Entrant whole(Programs programs, Entrant.Count count) {
        return new Entrant(
                "Millrace, whole process",
                folder -> programs.millrace(write(folder, numbered(full(), 1)), List.of()),
                Entrant.Timing.WHOLE_PROCESS,
                count);
    }

    Entrant warm(Programs programs, Entrant.Count count) {
        return new Entrant(
                "Millrace, warm",
                folder -> programs.onLauncher(
                        RepeatedRun.class, write(folder, full()).toString(), Integer.toString(REPETITIONS)),
                Entrant.Timing.LAST_REPETITION,
                count);
    }

    /** The file as the first repetition has it, in this folder. */
    Path once(Path folder) {
        return write(folder, numbered(full(), 1));
    }

    private String full() {
        return text + "run: {parallelism: 1}\n";
    }

    private static Path write(Path folder, String text) {
        try {
            return Files.writeString(folder.resolve(FILE), text);
        } catch (IOException failed) {
            throw new BenchFailure("The pipeline file could not be written: " + failed.getMessage());
        }
    }
}
