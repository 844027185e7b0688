package io.millrace.engines.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.api.Counts;
import io.millrace.api.Staged;
import io.millrace.core.stream.KeyedCounts;
import java.io.IOException;
import java.util.Map;

/**
 * What one subtask has made of the messages between two checkpoints: rows, rejects and counts, which win or lose together. It
 * travels before the checkpoint's barrier and is kept in its state until it is committed. Components may be null.
 *
 * @param checkpoint that it belongs to
 * @param task which part of the work, of those that hand in pieces: unique within a checkpoint
 * @param counts without what is only known when a spooled piece is committed
 * @param staged of a staging target
 * @param spool of a target that takes rows when the checkpoint is complete
 * @param rejects the file of rejected rows
 * @param watermark microseconds, or null before the first
 * @param next the offsets that follow, by partition
 * @param ofGroups whether the rows of {@code staged} and {@code spool} are groups
 */
record Piece(
        int version,
        long checkpoint,
        String task,
        Counts counts,
        Staged staged,
        Spool spool,
        String rejects,
        Long watermark,
        Map<Integer, Long> next,
        KeyedCounts keyed,
        boolean ofGroups) {
    /** 2 has what keyed steps count; before, streams had none. */
    static final int VERSION = 2;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    Piece {
        keyed = keyed == null ? KeyedCounts.NONE : keyed;
    }

    byte[] toBytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Piece of(byte[] bytes) {
        try {
            Piece piece = JSON.readValue(bytes, Piece.class);
            if (piece.version < 1 || piece.version > VERSION) {
                throw StreamState.unknown("a piece", piece.version);
            }
            return piece;
        } catch (IOException damaged) {
            throw new IllegalStateException("a checkpoint holds a damaged piece", damaged);
        }
    }
}
