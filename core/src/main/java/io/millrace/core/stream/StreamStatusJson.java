package io.millrace.core.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.Counts;
import io.millrace.api.DurableFiles;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A stream's status as JSON, in the state folder and for programs. */
public final class StreamStatusJson {
    private static final int VERSION = 1;

    private StreamStatusJson() {}

    /** The object that commands print. */
    public static ObjectNode of(StreamStatus status) {
        Counts counts = status.counts();
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("pipeline", status.pipeline())
                .put("lineage", status.lineage())
                .put("status", status.state().name().toLowerCase(Locale.ROOT))
                .put("source", status.source())
                .put("target", status.target())
                .put("start_time", status.started().toString())
                .put("update_time", status.updated().toString())
                .put("extracted", counts.extracted())
                .put("transformed", counts.transformed())
                .put("loaded", counts.loaded())
                .put("filtered", counts.filtered())
                .put("deduplicated", counts.deduplicated())
                .put("rejected", counts.rejected())
                .put("late", status.keyed().late())
                .put("waiting", status.keyed().waiting())
                .put("corrections", status.keyed().corrections())
                .<ObjectNode>set("groups", groups(status.keyed().groups()))
                .put("watermark", status.watermark().map(Instant::toString).orElse(null))
                .put("behind", status.behind().orElse(null))
                .put("checkpoint", status.checkpoint())
                .put(
                        "checkpoint_time",
                        status.checkpointed().map(Instant::toString).orElse(null))
                .put("rows_per_second", Math.round(status.rowsPerSecond()))
                .put("restarts", status.restarts())
                .put("savepoint", status.savepoint().orElse(null))
                .put(
                        "error_kind",
                        status.failure().map(failure -> failure.kind().name()).orElse(null))
                .put(
                        "error",
                        status.failure().map(StreamStatus.Failure::message).orElse(null));
    }

    private static JsonNode groups(Counts groups) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("made", groups.extracted()).put("transformed", groups.transformed());
        json.put("loaded", groups.loaded()).put("filtered", groups.filtered());
        return json.put("deduplicated", groups.deduplicated()).put("rejected", groups.rejected());
    }

    /** Puts it in place of the one before. */
    public static void write(StreamStatus status, Path file) {
        try {
            DurableFiles.createDirectories(file.getParent());
            DurableFiles.write(
                    file, (of(status).toPrettyString() + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw MillraceException.denied("cannot write the stream's status " + file + " (" + failed + ")", failed);
        }
    }

    /** What was written last; empty where nothing was. */
    public static Optional<StreamStatus> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(new ObjectMapper().readTree(Files.readAllBytes(file))));
        } catch (JsonProcessingException damaged) {
            throw MillraceException.user(file + " is not what a stream has written (" + damaged.getOriginalMessage()
                    + "); remove it: the stream writes it anew");
        } catch (IOException failed) {
            throw MillraceException.denied("cannot read " + file + " (" + failed + ")", failed);
        }
    }

    private static StreamStatus read(JsonNode json) {
        return new StreamStatus(
                json.path("pipeline").asText(),
                json.path("lineage").asText(),
                StreamStatus.State.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
                json.path("source").asText(),
                json.path("target").asText(),
                Instant.parse(json.path("start_time").asText()),
                Instant.parse(json.path("update_time").asText()),
                new Counts(
                        json.path("extracted").asLong(),
                        json.path("transformed").asLong(),
                        json.path("loaded").asLong(),
                        json.path("filtered").asLong(),
                        json.path("deduplicated").asLong(),
                        json.path("rejected").asLong()),
                new KeyedCounts(
                        groups(json.path("groups")),
                        json.path("late").asLong(),
                        json.path("waiting").asLong(),
                        json.path("corrections").asLong()),
                text(json, "watermark").map(Instant::parse),
                text(json, "behind").map(Long::valueOf),
                json.path("checkpoint").asLong(),
                text(json, "checkpoint_time").map(Instant::parse),
                json.path("rows_per_second").asDouble(),
                json.path("restarts").asInt(),
                text(json, "savepoint"),
                text(json, "error")
                        .map(error -> new StreamStatus.Failure(
                                ErrorKind.valueOf(json.path("error_kind").asText()), error)));
    }

    private static Counts groups(JsonNode json) {
        return new Counts(
                json.path("made").asLong(),
                json.path("transformed").asLong(),
                json.path("loaded").asLong(),
                json.path("filtered").asLong(),
                json.path("deduplicated").asLong(),
                json.path("rejected").asLong());
    }

    private static Optional<String> text(JsonNode json, String key) {
        return Optional.of(json.path(key))
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText);
    }
}
