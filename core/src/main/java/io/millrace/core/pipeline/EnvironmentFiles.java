package io.millrace.core.pipeline;

import io.millrace.api.DefinitionFiles;
import io.millrace.api.MillraceException;
import io.millrace.core.config.FileSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of an environment.
 *
 * @param directory where relative paths begin
 */
record EnvironmentFiles(FileSource files, Path directory) implements DefinitionFiles {
    @Override
    public Optional<byte[]> read(String path) {
        Path file = directory.resolve(path).normalize();
        try (InputStream in = files.open(file)) {
            return Optional.of(in.readAllBytes());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw MillraceException.user(
                    "cannot read " + file + " (" + unreadable + "); it must be a file that this user may read");
        }
    }
}
