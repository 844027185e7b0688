package io.millrace.core.pipeline;

import io.millrace.core.config.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that made up a pipeline on one machine, for another one: what was read there is given here, byte for byte. Holds
 * secrets, which it does not show.
 */
final class CarriedFiles implements FileSource, Serializable {
    private static final long serialVersionUID = 1;

    private final TreeMap<String, byte[]> contents;

    CarriedFiles(Map<String, byte[]> contents) {
        this.contents = new TreeMap<>(contents);
    }

    @Override
    public InputStream open(Path file) throws IOException {
        byte[] content = contents.get(file.toAbsolutePath().normalize().toString());
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new ByteArrayInputStream(content);
    }

    /** A file's text; empty where it was not read. */
    String text(Path file) {
        byte[] content = contents.get(file.toAbsolutePath().normalize().toString());
        return content == null ? "" : new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "CarriedFiles" + contents.keySet();
    }
}
