package io.millrace.engines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.api.DurableFiles;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Remembers the newest lineage of a stream, so that its checkpoints are found. */
record LineageFile(Path file) {
    private static final int VERSION = 1;

    Optional<String> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (json.path("version").asInt() != VERSION || !json.path("lineage").isTextual()) {
                throw MillraceException.user(
                        file + " was written by another version of Millrace; begin anew with --restart");
            }
            return Optional.of(json.path("lineage").asText());
        } catch (IOException failed) {
            throw MillraceException.denied("cannot read " + file + " (" + failed + ")", failed);
        }
    }

    void write(String lineage) {
        try {
            DurableFiles.createDirectories(file.getParent());
            String json = JsonNodeFactory.instance
                    .objectNode()
                    .put("version", VERSION)
                    .put("lineage", lineage)
                    .toString();
            DurableFiles.write(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw MillraceException.denied("cannot write " + file + " (" + failed + ")", failed);
        }
    }
}
