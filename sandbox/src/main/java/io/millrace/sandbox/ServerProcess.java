package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A server program as a child of this process, with its folder as working folder. Its process id is in the folder before
 * the program begins, so that a {@link Watchdog} finds it whenever we die.
 */
final class ServerProcess implements Program {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 20;
    private static final int LAST_LINES = 20;

    private final ServerFolder folder;
    private final String title;
    private final List<String> command;
    private final PidFile mark;
    private final BooleanSupplier answers;

    /**
     * @param title a name for people
     * @param command the program and its arguments
     * @param words some of them, with a blank between, by which the process is known again; they name the folder
     * @param answers whether the server is ready
     */
    ServerProcess(ServerFolder folder, String title, List<String> command, String words, BooleanSupplier answers) {
        this.folder = folder;
        this.title = title;
        this.command = List.copyOf(command);
        this.mark = new PidFile(folder.path().resolve("server.pid"), words + " ");
        this.answers = answers;
    }

    /** How the server is known. */
    PidFile mark() {
        return mark;
    }

    @Override
    public OptionalLong pid() {
        return mark.server();
    }

    /** Its output goes to {@code server.log}. */
    @Override
    public void start() throws IOException {
        List<String> words = new ArrayList<>();
        // A session of its own, so that a signal to our whole process group does not end it before us.
        if (Command.run(List.of("setsid", "true")).succeeded()) {
            words.add("setsid");
        }
        words.addAll(List.of(
                "sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", mark.file().toString()));
        words.addAll(command);
        Process process = new ProcessBuilder(words)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process.getOutputStream().close();
        awaitAnswer(process);
    }

    private void awaitAnswer(Process process) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        // Somebody else's server may answer on the port that ours is refused.
        while (!answers.getAsBoolean() || !process.isAlive()) {
            if (!process.isAlive()) {
                throw failed("ended while it was starting");
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw failed("did not answer within " + START_SECONDS + " s");
            }
            try {
                // A server that starts tells nobody when it is ready: it is asked, until it answers or the time is up.
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SandboxException("Interrupted while " + title + " was starting", interrupted);
            }
        }
    }

    @Override
    public void stop() {
        end(false);
    }

    @Override
    public void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        pid().stream().boxed().flatMap(pid -> ProcessHandle.of(pid).stream()).forEach(server -> {
            if (forcibly || !server.destroy() || !ended(server)) {
                server.destroyForcibly();
                ended(server);
            }
        });
    }

    private boolean ended(ProcessHandle server) {
        try {
            server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stubborn) {
            return false;
        } catch (ExecutionException impossible) {
            throw new SandboxException("Could not wait for the end of " + title, impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while " + title + " was ending", interrupted);
        }
    }

    /** Sends the server a signal by its short name. */
    void signal(String name) {
        long pid = pid().orElseThrow(() -> new SandboxException(title + " does not run in " + folder.path() + "."));
        Command.Result sent = Command.run(List.of("kill", "-" + name, Long.toString(pid)));
        if (!sent.succeeded()) {
            throw new SandboxException("Could not send SIG" + name + " to " + title + ": " + sent.output());
        }
    }

    private Path log() {
        return folder.path().resolve("server.log");
    }

    private SandboxException failed(String problem) {
        return new SandboxException(title + " in " + folder.path() + " " + problem + "." + lastLogLines());
    }

    private String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException none) {
            return "";
        }
    }
}
