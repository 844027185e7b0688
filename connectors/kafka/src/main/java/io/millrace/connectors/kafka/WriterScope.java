package io.millrace.connectors.kafka;

import io.millrace.api.Lineage;
import io.millrace.api.WriteTask;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One lineage's writing to one topic, within which there is one fence, and the names that it uses. Runs of other windows of
 * the pipeline are other lineages, and write side by side.
 *
 * <p>The brokers know producers as {@code millrace/<pipeline>/<lineage>/<topic>/<epoch>/<unit>/<piece>}. Attempts at one piece
 * under one fence share a name, so the brokers let only the latest go on. The epoch in the name keeps producers of older ones
 * from ever touching those of a newer run.
 */
record WriterScope(Lineage lineage, String topic) {
    private static final String PRODUCER = "producer/";
    private static final String PIECE = "piece/";

    static WriterScope of(WriteTask task, String topic) {
        return new WriterScope(task.lineage(), topic);
    }

    /** What all of its names begin with, and no others. */
    String prefix() {
        return "millrace/" + encoded(lineage.pipeline()) + "/" + encoded(lineage.id()) + "/" + encoded(topic) + "/";
    }

    /** The producer under which the fence is moved. */
    String fenceProducer() {
        return prefix() + "fence";
    }

    /** The producer of a piece. */
    String producer(WriteTask task) {
        return prefix() + task.fence().epoch() + "/" + path(task);
    }

    /** The ledger's key of the fence. */
    String fenceKey() {
        return prefix() + "fence";
    }

    /** The ledger's key of a piece, the same under every fence. */
    String pieceKey(WriteTask task) {
        return prefix() + PIECE + path(task);
    }

    /** The unit of the piece that a key of the ledger names; empty for other keys. */
    Optional<String> unitOfPiece(String key) {
        if (!key.startsWith(prefix() + PIECE)) {
            return Optional.empty();
        }
        String path = key.substring(prefix().length() + PIECE.length());
        return Optional.of(URLDecoder.decode(path.substring(0, path.indexOf('/')), StandardCharsets.UTF_8));
    }

    /** The ledger's key of a producer that may be writing. */
    String producerKey(String producer) {
        return prefix() + PRODUCER + producer.substring(prefix().length());
    }

    /** The epoch of the producer that a key of the ledger names; empty for other keys. */
    OptionalLong epochOfProducer(String key) {
        if (!key.startsWith(prefix() + PRODUCER)) {
            return OptionalLong.empty();
        }
        String rest = key.substring(prefix().length() + PRODUCER.length());
        return OptionalLong.of(Long.parseLong(rest.substring(0, rest.indexOf('/'))));
    }

    /** The producer that a key of the ledger names. */
    String producerOf(String key) {
        return prefix() + key.substring(prefix().length() + PRODUCER.length());
    }

    private static String path(WriteTask task) {
        return encoded(task.unit()) + "/" + encoded(task.piece());
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
