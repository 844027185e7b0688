package io.millrace.app.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of the project as its readers see them. */
public final class Documents {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".millrace", ".idea", ".vscode", "dist");

    private Documents() {}

    /** The project's folder, whatever module the tests run in. */
    public static Path root() {
        Path place = Path.of("").toAbsolutePath();
        while (!Files.exists(place.resolve("ARCHITECTURE.md"))) {
            place = place.getParent();
            if (place == null) {
                throw new IllegalStateException("the tests do not run inside of the project");
            }
        }
        return place;
    }

    /** Every page, sorted. */
    static List<Path> pages() {
        return files(file -> file.getFileName().toString().endsWith(".md"));
    }

    static List<Path> files(Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        found.sort(null);
        return found;
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    /** {@code docs/runs.md:12}, as editors understand it. */
    static String place(Path file, int line) {
        return root().relativize(file) + ":" + line;
    }
}
