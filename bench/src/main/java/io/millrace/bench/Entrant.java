package io.millrace.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A program on a route.
 *
 * @param command of a fresh process, given its folder
 * @param timing what of the process counts
 * @param count how many rows it has brought to the target, which must be all
 */
record Entrant(String name, Function<Path, List<String>> command, Timing timing, Count count) {
    /** Reads what a process took. */
    interface Timing {
        /** From its start to its end. */
        Timing WHOLE_PROCESS =
                (ended, output) -> new Measurement(ended.wallSeconds(), ended.cpuSeconds(), ended.peakMegabytes(), 0);

        /** The last repetition, as the process has printed it. */
        Timing LAST_REPETITION = (ended, output) -> SelfTimed.parse(output, ended.peakMegabytes());

        Measurement read(Child.Ended ended, String output);
    }

    /** Counts rows, given the process's folder and what it has printed. */
    interface Count {
        long rows(Path folder, String output) throws Exception;
    }

    /** The same program, under another name. */
    Entrant as(String other) {
        return new Entrant(other, command, timing, count);
    }
}
