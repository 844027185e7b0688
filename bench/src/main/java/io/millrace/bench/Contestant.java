package io.millrace.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A way of doing the job, or a limit of all ways.
 *
 * @param timing what counts: the whole process, or the part that it measured itself
 * @param outcome what must come out
 * @param command of a fresh process, given its folder, in which {@code lake} is where it writes
 */
record Contestant(String name, Timing timing, Outcome outcome, Function<Path, List<String>> command) {
    enum Timing {
        /** Start of the process to its end. */
        WHOLE_PROCESS,
        /** The second repetition in one process. */
        WARM
    }

    enum Outcome {
        /** Nothing: all rows are thrown away unread. */
        DRAINED,
        /** The clean rows, each event once. */
        CLEAN_ROWS
    }
}
