package io.millrace.connectors.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Parquet files that a reader of the folder sees: not those whose name, or a folder's above, starts with '.' or '_'. */
final class DataFiles {
    static final String SUFFIX = ".parquet";

    private DataFiles() {}

    /** All of them below a folder, relative to it, sorted; none where the folder is missing. */
    static List<String> below(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        walk(root, Integer.MAX_VALUE, found);
        found.sort(null);
        return found;
    }

    /** One of them, whichever comes first. */
    static Optional<String> any(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        walk(root, 1, found);
        return found.stream().findFirst();
    }

    private static void walk(Path root, int limit, List<String> found) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(root) || !hidden(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!hidden(file) && file.getFileName().toString().endsWith(SUFFIX)) {
                    found.add(root.relativize(file).toString());
                }
                return found.size() < limit ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }
        });
    }

    /** As Spark has it: a partition column may begin with '_', its folder has a '='. */
    private static boolean hidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_") && !name.contains("=");
    }
}
