package io.millrace.testkit.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Copies of a class path's folders as files, which last as long as this process. */
final class JarredFolders {
    private JarredFolders() {}

    /** The class path of these entries. */
    static String in(String... classPath) {
        return Stream.of(classPath)
                .map(entry ->
                        Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry)).toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path folder) {
        try {
            Path jar = Files.createTempFile("millrace-classes-", ".jar");
            jar.toFile().deleteOnExit();
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                    Stream<Path> entries = Files.walk(folder)) {
                out.setLevel(Deflater.NO_COMPRESSION);
                List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
                for (Path file : files) {
                    out.putNextEntry(
                            new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot pack " + folder, failed);
        }
    }
}
