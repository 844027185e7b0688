package io.millrace.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that waits on a pipe from this process and, when the pipe ends without a word of dismissal (exit, crash or
 * {@code kill -9}), ends the server and deletes its folder if that was a temporary one.
 */
final class Watchdog {
    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /** Watches over the server of an owned folder. */
    static Watchdog over(ServerFolder folder, PidFile server) throws IOException {
        return over(folder.path(), folder.ownerMark(), folder.isTemporary(), server);
    }

    static Watchdog over(Path folder, String ownerMark, boolean temporary, PidFile server) throws IOException {
        List<String> words = new ArrayList<>();
        // A session of its own, so that a signal to our whole process group does not end the watchdog with us.
        if (Command.run(List.of("setsid", "true")).succeeded()) {
            words.add("setsid");
        }
        words.addAll(List.of("sh", "-c", script(), "millrace-watchdog"));
        words.addAll(List.of(folder.toString(), ownerMark, temporary ? "temporary" : "own"));
        words.addAll(List.of(server.file().toString(), server.commandPart()));
        Process shell = new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Watchdog(shell);
    }

    /** What the shell sees when this process ends; returns when it has done its work. */
    void abandon() throws IOException, InterruptedException {
        shell.getOutputStream().close();
        shell.waitFor();
    }

    /** Sends the watchdog away without touching the server. */
    void dismiss() {
        try (OutputStream pipe = shell.getOutputStream()) {
            pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // It was ended by somebody else; then there is nothing to dismiss.
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Watchdog.class.getResourceAsStream("watchdog.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
