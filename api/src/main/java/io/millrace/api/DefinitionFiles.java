package io.millrace.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads files that a step's settings name. What they hold is part of the pipeline's definition, as if it were written in the
 * pipeline file: a run that was begun with other bytes is not resumed.
 */
@FunctionalInterface
public interface DefinitionFiles {
    /**
     * All bytes of a file; empty where there is none.
     *
     * @param path as the settings have it; relative paths begin in the folder of the pipeline file
     * @throws MillraceException where there is one that cannot be read
     */
    Optional<byte[]> read(String path);

    /** Files whose relative paths begin in a folder. */
    static DefinitionFiles in(Path directory) {
        return path -> {
            Path file = directory.resolve(path);
            try {
                return Optional.of(Files.readAllBytes(file));
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            } catch (IOException unreadable) {
                throw MillraceException.user(
                        "cannot read " + file + " (" + unreadable + "); it must be a file that this user may read");
            }
        };
    }
}
