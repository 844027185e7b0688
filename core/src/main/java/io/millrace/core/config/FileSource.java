package io.millrace.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files that a configuration names are read. Thread-safe. */
@FunctionalInterface
public interface FileSource {
    /** This machine's. */
    FileSource DISK = Files::newInputStream;

    /** Opens a file; {@link java.nio.file.NoSuchFileException} where there is none. */
    InputStream open(Path file) throws IOException;
}
