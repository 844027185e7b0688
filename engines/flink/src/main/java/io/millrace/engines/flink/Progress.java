package io.millrace.engines.flink;

import io.millrace.api.Counts;
import io.millrace.api.MillraceException;
import io.millrace.core.stream.KeyedCounts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the operators tell about a stream as it goes on, for people: nothing is decided by it. Thread-safe. */
final class Progress {
    private Counts counts = Counts.ZERO;
    private KeyedCounts keyed = KeyedCounts.NONE;
    private Long watermark;
    private final Map<Integer, Long> next = new TreeMap<>();
    private long checkpoint;
    private Instant checkpointed;
    private double rowsPerSecond;
    private int begun;
    private MillraceException failure;

    /** One moment of it. */
    record View(
            Counts counts,
            KeyedCounts keyed,
            Optional<Long> watermark,
            Map<Integer, Long> next,
            long checkpoint,
            Optional<Instant> checkpointed,
            double rowsPerSecond,
            int restarts,
            Optional<MillraceException> failure) {}

    /** The job begins, or begins again, with what a checkpoint has counted. */
    synchronized void begins(Counts known, KeyedCounts knownKeyed) {
        begun++;
        counts = known;
        keyed = knownKeyed;
    }

    synchronized void committed(long id, Counts sum, KeyedCounts keyedSum, List<Piece> pieces) {
        Instant now = Instant.now();
        if (checkpointed != null && now.isAfter(checkpointed)) {
            double seconds = (now.toEpochMilli() - checkpointed.toEpochMilli()) / 1000.0;
            rowsPerSecond = (sum.extracted() - counts.extracted()) / Math.max(seconds, 0.001);
        }
        counts = sum;
        keyed = keyedSum;
        checkpoint = id;
        checkpointed = now;
        pieces.stream()
                .map(Piece::watermark)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .ifPresent(lowest -> watermark = lowest);
        pieces.forEach(piece -> next.putAll(piece.next()));
    }

    synchronized void failed(MillraceException why) {
        failure = why;
    }

    synchronized View view() {
        return new View(
                counts,
                keyed,
                Optional.ofNullable(watermark),
                new TreeMap<>(next),
                checkpoint,
                Optional.ofNullable(checkpointed),
                rowsPerSecond,
                Math.max(0, begun - 1),
                Optional.ofNullable(failure));
    }
}
