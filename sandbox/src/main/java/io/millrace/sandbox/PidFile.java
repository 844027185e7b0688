package io.millrace.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where a server's process id stands, believed only if that process looks like the server: after a crash the number may
 * belong to anybody.
 *
 * @param file whose first line is the process id
 * @param commandPart what the server's command line holds, with one blank between and behind its words, and no other
 *     process's does
 */
record PidFile(Path file, String commandPart) {
    /** The live server's process id, or empty. */
    OptionalLong server() {
        try {
            List<String> lines = Files.readAllLines(file);
            long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
            return isServer(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    /** Whether a process is alive (a zombie has no command line) and the server. */
    boolean isServer(long pid) {
        return commandLine(pid).contains(commandPart);
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
