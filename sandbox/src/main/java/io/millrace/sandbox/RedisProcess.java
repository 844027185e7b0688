package io.millrace.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server program applied to one folder: configure, start, stop. Not thread-safe. */
final class RedisProcess {
    private static final int PATIENCE_SECONDS = 20;

    private final Path folder;
    private final Path program;

    RedisProcess(Path folder, Path program) {
        this.folder = folder;
        this.program = program;
    }

    private Path configuration() {
        return folder.resolve("redis.conf");
    }

    private Path log() {
        return folder.resolve("redis.log");
    }

    /** How the server is known again. */
    PidFile pidFile() {
        return new PidFile(folder.resolve("redis.pid"), program + " " + configuration() + " ");
    }

    OptionalLong pid() {
        return pidFile().server();
    }

    /** Writes the configuration, readable by its owner only because it holds the password. */
    void configure(Map<String, String> settings) throws IOException {
        StringBuilder text = new StringBuilder();
        settings.forEach((name, value) -> text.append(name)
                .append(' ')
                .append(value.matches("[\\w.:-]+( [\\w.:-]+)*") ? value : quoted(value))
                .append('\n'));
        Path file = configuration();
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Starts the server and returns when it answers. */
    void start(int port, String password) throws IOException {
        List<String> words = new ArrayList<>();
        // A session of its own, so that a signal to our whole process group does not end the server before us.
        if (Command.run(List.of("setsid", "true")).succeeded()) {
            words.add("setsid");
        }
        words.addAll(List.of(program.toString(), configuration().toString()));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process.getOutputStream().close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers(port, password)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new SandboxException("Redis did not start in " + folder + "." + lastLogLines());
            }
            pause();
        }
    }

    private boolean answers(int port, String password) {
        try (RedisConversation conversation = RedisConversation.with(EmbeddedRedis.HOST, port, password)) {
            return pid().isPresent() && "PONG".equals(conversation.ask("PING"));
        } catch (IOException | SandboxException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while Redis was starting", interrupted);
        }
    }

    /** Ends the server if one runs; {@code crash} gives it no time to write or say anything. */
    void stop(boolean crash) {
        OptionalLong server = pid();
        if (server.isEmpty()) {
            return;
        }
        ProcessHandle.of(server.getAsLong()).ifPresent(process -> {
            boolean asked = crash ? process.destroyForcibly() : process.destroy();
            if (!asked || !ended(process)) {
                process.destroyForcibly();
                ended(process);
            }
        });
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException stubborn) {
            return false;
        }
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
