package io.millrace.testkit.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            "?rename", "?renameat", "?renameat2", "fsync", "fdatasync", "?unlink", "?unlinkat", "?rmdir", "?mkdir",
            "?mkdirat", "ftruncate");

    private static final Pattern CALL = Pattern.compile("^(\\d+) +([a-z0-9_]+)\\(.*");
    private static final Pattern COMPLETE = Pattern.compile("^\\d+ +[a-z0-9_]+\\(.*\\) += .*");

    private Strace() {}

    /** Why it cannot be used here, or empty where it can. */
    public static Optional<String> missing() {
        try {
            Process probe = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "-e", "trace=rename", "true")
                    .redirectErrorStream(true)
                    .start();
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

    /** Writes the calls to a file, for {@link #counts}. */
    public static List<String> recording(Path log, List<String> calls) {
        return command(log, List.of("-e", "trace=" + String.join(",", calls)));
    }

    /** Kills the process ({@code SIGKILL}) when a thread enters the call for the {@code count}-th time, from 1. */
    public static List<String> killingAt(String call, int count) {
        return command(
                Path.of("/dev/null"),
                List.of("-e", "trace=" + call, "-e", "inject=" + call + ":signal=SIGKILL:when=" + count));
    }

    /**
     * Makes the call fail when a thread makes it for the {@code count}-th time, from 1.
     *
     * @param error as errno names it: ENOSPC, EIO
     */
    public static List<String> failingAt(String call, int count, String error) {
        return command(
                Path.of("/dev/null"),
                List.of("-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error + ":when=" + count));
    }

    private static List<String> command(Path log, List<String> what) {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-o", log.toString()));
        command.addAll(what);
        return command;
    }

    /** How often each call was made by the thread that made it most. */
    public static Map<String, Integer> counts(Path log) throws IOException {
        Map<String, Map<String, Integer>> byThread = new TreeMap<>();
        for (String line : Files.readAllLines(log)) {
            Matcher call = CALL.matcher(line);
            // A call that another thread's line interrupts is written twice; its first half is counted.
            if (call.matches() && (COMPLETE.matcher(line).matches() || line.endsWith("<unfinished ...>"))) {
                byThread.computeIfAbsent(call.group(2), name -> new TreeMap<>()).merge(call.group(1), 1, Integer::sum);
            }
        }
        Map<String, Integer> most = new TreeMap<>();
        byThread.forEach((call, threads) -> most.put(
                call, threads.values().stream().mapToInt(Integer::intValue).max().orElse(0)));
        return most;
    }
}
