package io.millrace.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what a finished run should not have left behind. */
public final class Leftovers {
    private static final Pattern DATA = Pattern.compile("(event_type=[^/]+/)?part-[^/]+\\.parquet");
    private static final Pattern IN_TARGET =
            Pattern.compile("_SUCCESS|\\.millrace/lock|\\.millrace/epoch|\\.millrace/commits/[^./][^/]*\\.done");
    private static final Pattern IN_STATE = Pattern.compile(
            "ledger\\.db(-wal|-shm)?|metrics\\.(json|lock)|runs/[^/]+/progress\\.json|runs/[^/]+/rejects/[^/]+\\.jsonl");

    private Leftovers() {}

    /** Files that belong neither to the data nor to the memory of finished commits; folders only where they are empty. */
    public static List<String> inTarget(Path target) {
        return unexpected(target, DATA, IN_TARGET);
    }

    /** Claims, temporary files and the like. */
    static List<String> inState(Path state) {
        return unexpected(state, IN_STATE, IN_STATE);
    }

    /** Lines of all of a run's files of rejected rows. */
    static long rejectedRows(Path state, String run) {
        Path rejects = state.resolve("runs").resolve(run).resolve("rejects");
        if (!Files.exists(rejects)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(rejects)) {
            long lines = 0;
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                try (Stream<String> text = Files.lines(file)) {
                    lines += text.count();
                }
            }
            return lines;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static List<String> unexpected(Path root, Pattern one, Pattern other) {
        try (Stream<Path> entries = Files.walk(root)) {
            return entries.filter(path -> !path.equals(root))
                    .filter(path -> !Files.isDirectory(path) || isEmptyStaging(path))
                    .map(path -> root.relativize(path).toString())
                    .filter(name ->
                            !one.matcher(name).matches() && !other.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static boolean isEmptyStaging(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return folder.toString().contains("/staging/") && entries.findAny().isEmpty();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
