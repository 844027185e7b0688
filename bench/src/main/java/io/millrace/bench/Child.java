package io.millrace.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fresh process, measured by GNU time where that is installed, and otherwise by looking at it often. */
final class Child {
    private static final Path GNU_TIME = Path.of("/usr/bin/time");
    private static final long LOOK_MILLIS = 20;

    /** How it ended, and where its standard output went. */
    record Ended(double wallSeconds, double cpuSeconds, double peakMegabytes, Path output) {}

    private final Path folder;
    private final Map<String, String> variables;

    /** @param folder for the output, the errors and the working directory of the processes */
    Child(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = variables;
    }

    static boolean gnuTime() {
        return Files.isExecutable(GNU_TIME);
    }

    /** Runs a program to its end. @throws BenchFailure where it did not succeed */
    Ended run(List<String> command, boolean keepOutput) {
        try {
            return measured(command, keepOutput);
        } catch (IOException failed) {
            throw new BenchFailure("Could not run " + command + ": " + failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Interrupted while running " + command);
        }
    }

    private Ended measured(List<String> command, boolean keepOutput) throws IOException, InterruptedException {
        Path usage = folder.resolve("usage.txt");
        Path errors = folder.resolve("errors.txt");
        Path output = folder.resolve("output.txt");
        List<String> words = new ArrayList<>();
        if (gnuTime()) {
            words.addAll(List.of(GNU_TIME.toString(), "-q", "-f", "%U %S %M", "-o", usage.toString()));
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectError(errors.toFile())
                .redirectOutput(
                        keepOutput ? ProcessBuilder.Redirect.to(output.toFile()) : ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        long started = System.nanoTime();
        Process process = builder.start();
        double[] seen = gnuTime() ? new double[2] : watch(process);
        int exit = process.waitFor();
        double wall = (System.nanoTime() - started) / 1e9;
        if (exit != 0) {
            throw new BenchFailure(command + " ended with " + exit + ":\n" + Files.readString(errors));
        }
        if (gnuTime()) {
            String[] parts = Files.readString(usage).strip().split(" ");
            seen[0] = Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
            seen[1] = Double.parseDouble(parts[2]) / 1024;
        }
        return new Ended(wall, seen[0], seen[1], output);
    }

    /** CPU seconds and peak memory as last seen, which misses the last moments. */
    private static double[] watch(Process process) throws InterruptedException, IOException {
        double[] seen = new double[2];
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        while (process.isAlive()) {
            process.info().totalCpuDuration().ifPresent(time -> seen[0] = time.toNanos() / 1e9);
            if (Files.exists(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("VmHWM:")) {
                        seen[1] = Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                    }
                }
            }
            // The system tells the peak only while the process lives.
            Thread.sleep(LOOK_MILLIS);
        }
        return seen;
    }
}
