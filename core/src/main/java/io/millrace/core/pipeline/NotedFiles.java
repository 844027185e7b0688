package io.millrace.core.pipeline;

import io.millrace.core.config.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that remember what was read of them. */
final class NotedFiles implements FileSource {
    private final FileSource files;
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    NotedFiles(FileSource files) {
        this.files = files;
    }

    @Override
    public InputStream open(Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            byte[] content = in.readAllBytes();
            contents.put(file.toAbsolutePath().normalize().toString(), content);
            return new ByteArrayInputStream(content);
        }
    }

    CarriedFiles carried() {
        return new CarriedFiles(contents);
    }
}
