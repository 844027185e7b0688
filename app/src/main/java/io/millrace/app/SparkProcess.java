package io.millrace.app;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The same command in a process with Spark's libraries, which the launcher starts: they and ours cannot share a class path.
 * It has this process's streams; signals are passed on.
 */
public final class SparkProcess {
    /** The folder that the launcher lies in. */
    private static final String HOME = "millrace.home";
    /** Tells the launcher which libraries to take. */
    private static final String CLASS_PATH = "MILLRACE_CLASS_PATH";

    private static volatile List<String> arguments = List.of();

    private SparkProcess() {}

    /** Remembers what this process was started with. */
    static void startedWith(String[] commandLine) {
        arguments = List.of(commandLine);
    }

    /** Runs the command to its end; returns its exit code. */
    public static int run() {
        String home = System.getProperty(HOME);
        Path launcher = home == null ? null : Path.of(home, "millrace");
        if (launcher == null || !Files.isExecutable(launcher) || System.getenv(CLASS_PATH) != null) {
            throw MillraceException.user("the engine spark is not on this class path; start the pipeline by the command"
                    + " millrace, or by spark-submit (docs/engines/spark.md)");
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put(CLASS_PATH, "spark");
        try {
            Process process = builder.start();
            // A signal from the terminal reaches both; one that was sent to this process alone is passed on.
            Signals.handle((exitCode, times) -> process.destroy());
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return process.waitFor();
        } catch (IOException failed) {
            throw MillraceException.denied("cannot start " + launcher + " (" + failed.getMessage() + ")", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorKind.STOPPED, "interrupted while Spark was at work", interrupted);
        }
    }
}
