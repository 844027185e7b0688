package io.millrace.bench;

import io.millrace.sandbox.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs contestants on one workload, each in its own process and folder, and judges what comes out. */
final class Match {
    private final Path folder;
    private final Workload workload;

    Match(Path folder, Workload workload) {
        this.folder = folder;
        this.workload = workload;
    }

    /** @param thorough whether to compare the content of all rows, not only their number */
    Measurement run(Contestant contestant, boolean thorough) {
        Path own = folder;
        renew(own);
        try {
            List<String> command = contestant.command().apply(own);
            Child.Ended ended = new Child(own, workload.variables()).run(command, keepsOutput(contestant));
            Measurement measured =
                    switch (contestant.timing()) {
                        case WHOLE_PROCESS -> new Measurement(
                                ended.wallSeconds(), ended.cpuSeconds(), ended.peakMegabytes(), workload.rows());
                        case WARM -> SelfTimed.parse(Files.readString(ended.output()), ended.peakMegabytes());
                    };
            return switch (contestant.outcome()) {
                case DRAINED -> measured;
                case CLEAN_ROWS -> judged(contestant, measured, own, thorough);
            };
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            delete(own);
        }
    }

    /** The programs in between write to /dev/null what would only cost disk. */
    private static boolean keepsOutput(Contestant contestant) {
        return contestant.timing() == Contestant.Timing.WARM || contestant.outcome() == Contestant.Outcome.CLEAN_ROWS;
    }

    private Measurement judged(Contestant contestant, Measurement measured, Path own, boolean thorough) {
        Path warmOutput = own.resolve("run-2/lake");
        ParquetOutput output = new ParquetOutput(Files.exists(warmOutput) ? warmOutput : own.resolve("lake"));
        long rows = output.rows();
        if (rows != workload.expected().loaded()) {
            throw new BenchFailure(contestant.name() + " wrote " + rows + " rows instead of "
                    + workload.expected().loaded());
        }
        if (thorough) {
            String right = ContentHash.hexadecimal(workload.contentHash());
            String hash = output.contentHash();
            if (!hash.equals(right)) {
                throw new BenchFailure(
                        contestant.name() + " wrote other content: hash " + hash + " instead of " + right);
            }
        }
        return new Measurement(measured.wallSeconds(), measured.cpuSeconds(), measured.peakMegabytes(), rows);
    }

    /** Empties a folder; what the program before has written is on disk then, and costs the next one nothing. */
    static void renew(Path folder) {
        try {
            delete(folder);
            Files.createDirectories(folder);
            new ProcessBuilder("sync").start().waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Interrupted");
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
