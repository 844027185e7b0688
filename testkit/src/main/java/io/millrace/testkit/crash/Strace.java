package io.millrace.testkit.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wraps a child process in {@code strace}, to count its system calls, to kill it at one of them or to make one fail. Linux
 * only; ask {@link #missing} first. strace counts calls thread by thread: sweep a phase that one thread does.
 */
public final class Strace {
    /**
     * What changes or secures files; the calls at whose borders a crash leaves different things behind. A '?' in front: not
     * every processor's Linux has it.
     */
    public static final List<String> FILE_CHANGES = List.of(
            "?rename",
            "?renameat",
            "?renameat2",
            "fsync",
            "fdatasync",
            "?unlink",
            "?unlinkat",
            "?rmdir",
            "?mkdir",
            "?mkdirat",
            "ftruncate");

    /**
     * A system call of a thread.
     *
     * @param count from 1, among the calls of this name by its thread
     */
    public record Call(String name, int count) {
        @Override
        public String toString() {
            return name + ":" + count;
        }
    }

    private static final Pattern CALL = Pattern.compile("^(\\d+) +([a-z0-9_]+)\\(.*");

    private Strace() {}

    /** Why it cannot be used here, or empty where it can. */
    public static Optional<String> missing() {
        try {
            List<String> probing = new ArrayList<>(command(Path.of("/dev/null"), List.of("-e", "trace=fsync")));
            probing.add("true");
            Process probe =
                    new ProcessBuilder(probing).redirectErrorStream(true).start();
            String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!probe.waitFor(10, TimeUnit.SECONDS) || probe.exitValue() != 0) {
                return Optional.of("strace does not work here: " + said.strip());
            }
            return Optional.empty();
        } catch (IOException absent) {
            return Optional.of("strace is not installed");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** Writes the calls to a file, for {@link #calls}. */
    public static List<String> recording(Path log, List<String> calls) {
        return command(log, List.of("-e", "trace=" + String.join(",", calls)));
    }

    /** Kills the process ({@code SIGKILL}) when a thread enters the call. */
    public static List<String> killingAt(Call call) {
        return command(
                Path.of("/dev/null"),
                List.of(
                        "-e",
                        "trace=" + call.name,
                        "-e",
                        "inject=" + call.name + ":signal=SIGKILL:when=" + call.count));
    }

    /**
     * Makes the call fail.
     *
     * @param error as errno names it: ENOSPC, EIO
     */
    public static List<String> failingAt(Call call, String error) {
        return command(
                Path.of("/dev/null"),
                List.of(
                        "-e",
                        "trace=" + call.name,
                        "-e",
                        "inject=" + call.name + ":error=" + error + ":when=" + call.count));
    }

    // Without --seccomp-bpf, which is faster: under it strace 6.1 does not deliver the injected signals.
    private static List<String> command(Path log, List<String> what) {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-y", "-qq", "-o", log.toString()));
        command.addAll(what);
        return command;
    }

    /**
     * The calls in a log that have something to do with a file or folder below this one, each with its count in its thread.
     * A call that several threads have made so often is there once.
     */
    public static List<Call> calls(Path log, Path below) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        Set<Call> calls = new LinkedHashSet<>();
        for (String line : Files.readAllLines(log)) {
            Matcher call = CALL.matcher(line);
            // A call that another thread's line interrupts is written in two halves; the first one looks like a call.
            if (call.matches()) {
                int count = counts.merge(call.group(1) + " " + call.group(2), 1, Integer::sum);
                if (line.contains(below.toString())) {
                    calls.add(new Call(call.group(2), count));
                }
            }
        }
        return List.copyOf(calls);
    }
}
