package io.millrace.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sandbox.Database;
import io.millrace.testkit.crash.ChildExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Targets that hold the rows of {@code public.older}, to be overwritten; made once, copied for each test. */
final class Prefilled {
    private final Path folder;
    private final Database database;
    private final Map<Layout, Path> made = new EnumMap<>(Layout.class);

    Prefilled(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    void copyTo(Path target, Layout layout) {
        copyTree(make(layout), target);
    }

    /** Makes it, unless that was done. */
    synchronized Path make(Layout layout) {
        return made.computeIfAbsent(layout, this::filled);
    }

    private Path filled(Layout layout) {
        Workspace workspace =
                Workspace.create(folder.resolve(layout.name()), database, layout.pipeline(1, 1_000_000, 8192));
        ChildExit exit =
                workspace.run("--set", "extract.postgres.table=public.older").run(Workspace.PATIENCE);
        assertThat(exit.code()).as("%s", exit).isZero();
        return workspace.target();
    }

    /** Copies a folder with all that is in it; the copy must not be there yet. */
    static void copyTree(Path from, Path to) {
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Path copy = to.resolve(from.relativize(entry).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(entry, copy);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
