package io.millrace.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The process id that a server leaves in its cluster, believed only if that process is a server of this cluster:
 * after a crash the number may belong to anybody.
 */
final class PostmasterFile {
    private PostmasterFile() {}

    /** The live server's process id, or empty. */
    static OptionalLong serverOf(Path cluster) {
        try {
            List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
            long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
            return isServerOf(cluster, pid) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    /** Whether a process is alive (a zombie has no command line) and a server of this cluster. */
    static boolean isServerOf(Path cluster, long pid) {
        return commandLine(pid).contains("postgres -D " + cluster + " ");
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException noProc) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().commandLine())
                    .map(line -> line + " ")
                    .orElse("");
        }
    }
}
