package io.millrace.engines.flink;

import io.millrace.api.Counts;
import io.millrace.api.Staged;
import io.millrace.core.reject.RejectWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** What is known of the messages since the last checkpoint. One thread. */
final class OpenPiece {
    private final RejectWriter rejects;
    private final Map<Integer, Long> next = new TreeMap<>();
    private long extracted;
    private long transformed;

    OpenPiece(Path folder, String lineage) {
        this.rejects = new RejectWriter(folder.resolve(UUID.randomUUID() + ".jsonl"), lineage);
    }

    RejectWriter rejects() {
        return rejects;
    }

    void read(int partition, long offset) {
        extracted++;
        next.put(partition, offset + 1);
    }

    void transformed(int rows) {
        transformed += rows;
    }

    boolean isEmpty() {
        return extracted == 0;
    }

    /** The whole of it, rejects made durable. */
    Piece end(long checkpoint, int subtask, PieceWriter.Written written, OptionalLong watermark) {
        Counts counts = new Counts(
                extracted,
                transformed,
                written.loaded(),
                rejects.filtered(),
                rejects.deduplicated() + written.deduplicated(),
                rejects.rejected());
        long spooled = written.spool() == null ? 0 : written.spool().rows();
        if (counts.extracted()
                != spooled + counts.loaded() + counts.filtered() + counts.deduplicated() + counts.rejected()) {
            throw new IllegalStateException("the rows of a piece do not add up: " + counts + ", spooled " + spooled);
        }
        return new Piece(
                Piece.VERSION,
                checkpoint,
                Integer.toString(subtask),
                counts,
                written.staged(),
                written.spool(),
                rejects.stage().map(Staged::payload).orElse(null),
                watermark.isPresent() ? watermark.getAsLong() : null,
                next);
    }

    void discard() {
        rejects.discard();
    }
}
