package io.millrace.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a server is known again: a process id in a file, believed only if that process has this text in its command line.
 * After a crash the number may belong to anybody.
 *
 * @param pidFile its first line is the process id
 * @param commandLine in which arguments are followed by a space
 */
record ServerMark(Path pidFile, String commandLine) {
    /** The live server's process id, or empty. */
    OptionalLong live() {
        try {
            List<String> lines = Files.readAllLines(pidFile);
            long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
            return matches(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    /** Whether a process is alive (a zombie has no command line) and this server. */
    boolean matches(long pid) {
        return commandLineOf(pid).contains(commandLine);
    }

    private static String commandLineOf(long pid) {
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
