package io.millrace.app.command;

import io.millrace.app.console.Format;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Shows what lies in the demo's lake. */
final class DemoFiles {
    private DemoFiles() {}

    static void print(Path lake, PrintStream out) {
        out.println();
        out.println("The files in " + lake + ":");
        try (Stream<Path> entries = Files.list(lake)) {
            List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                out.println("  " + file.getFileName() + "  " + Format.bytes(Files.size(file)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
