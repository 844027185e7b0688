package io.millrace.app.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.core.stream.StreamFolder;
import io.millrace.core.stream.StreamStatus;
import io.millrace.core.stream.StreamStatusJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The streams of a state folder, as they have said last of themselves. */
final class StreamViews {
    private final Path folder;
    private final Clock clock = Clock.systemUTC();

    StreamViews(Path stateFolder) {
        this.folder = stateFolder.resolve("streams");
    }

    ObjectNode all() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("streams");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> streams = Files.list(folder)) {
                streams.sorted().forEach(stream -> status(stream).ifPresent(status -> list.add(shown(status))));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return json;
    }

    /** One that cannot be read is left out: the others are to be seen. */
    private static Optional<StreamStatus> status(Path stream) {
        try {
            return StreamStatusJson.read(new StreamFolder(stream).status());
        } catch (MillraceException damaged) {
            return Optional.empty();
        }
    }

    private ObjectNode shown(StreamStatus status) {
        ObjectNode json = StreamStatusJson.of(status);
        status.watermark().ifPresent(watermark -> json.put("lag_seconds", seconds(watermark)));
        status.checkpointed().ifPresent(checkpoint -> json.put("checkpoint_seconds", seconds(checkpoint)));
        return json.put("silent_seconds", seconds(status.updated()));
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }
}
