package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A server program as a child of this process, with its folder as working folder. Its process id is in the folder before
 * the program begins, so that a {@link Watchdog} finds it whenever we die. Not thread-safe.
 */
final class ServerProcess {
    private static final int PATIENCE_SECONDS = 10;

    private final ServerFolder folder;
    private final String title;
    private final List<String> command;
    private final PidFile mark;
    private Process process;

    /**
     * @param title a name for people
     * @param command the program and its arguments
     * @param argument one of them, by which the process is known again; it names the folder
     */
    ServerProcess(ServerFolder folder, String title, List<String> command, String argument) {
        this.folder = folder;
        this.title = title;
        this.command = List.copyOf(command);
        this.mark = new PidFile(folder.path().resolve("server.pid"), argument + " ");
    }

    PidFile mark() {
        return mark;
    }

    /** The live server's process id, or empty. */
    OptionalLong pid() {
        return mark.server();
    }

    /** Starts the program; it may not be ready yet. Its output goes to {@link #log}. */
    void start() throws IOException {
        List<String> words = new ArrayList<>();
        // A session of its own, so that a signal to our whole process group does not end it before us.
        if (Command.run(List.of("setsid", "true")).succeeded()) {
            words.add("setsid");
        }
        words.addAll(List.of(
                "sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", mark.file().toString()));
        words.addAll(command);
        process = new ProcessBuilder(words)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process.getOutputStream().close();
    }

    /** Whether the started program still runs. */
    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Asks the server to end, and ends it if it does not within a while. */
    void stop() {
        signal(false);
    }

    /** Ends the server as a crash does. */
    void kill() {
        signal(true);
    }

    private void signal(boolean hard) {
        OptionalLong server = pid();
        if (server.isPresent()) {
            ProcessHandle handle = ProcessHandle.of(server.getAsLong()).orElse(null);
            if (handle == null) {
                return;
            }
            if (hard) {
                handle.destroyForcibly();
            } else {
                handle.destroy();
            }
            if (!ended(handle)) {
                handle.destroyForcibly();
                ended(handle);
            }
        }
    }

    private static boolean ended(ProcessHandle handle) {
        try {
            handle.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException stubborn) {
            return false;
        }
    }

    Path log() {
        return folder.path().resolve("server.log");
    }

    /** What to say where the server ended or did not become ready. */
    SandboxException failed(String problem) {
        return new SandboxException(title + " in " + folder.path() + " " + problem + "." + lastLogLines());
    }

    private String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException none) {
            return "";
        }
    }
}
