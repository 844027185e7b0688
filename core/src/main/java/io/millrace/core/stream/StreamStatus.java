package io.millrace.core.stream;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import java.time.Instant;
import java.util.Optional;

/**
 * How a stream is doing. The counts are those of rows that checkpoints have made visible, since the stream was begun anew:
 * {@code extracted = loaded + filtered + deduplicated + rejected + waiting} holds at any time.
 *
 * @param lineage the name of the stream's state in the target
 * @param started when this process began
 * @param updated when this was true
 * @param keyed what keyed steps count beside it
 * @param watermark the event time before which nothing is expected any more
 * @param behind how many offsets of the topic were not read yet when it was last asked
 * @param checkpoint the newest one whose rows are visible; 0 before the first
 * @param checkpointed when that was
 * @param rowsPerSecond of rows read, between the last two checkpoints with rows
 * @param restarts how often this process has begun again at a checkpoint after a failure
 * @param savepoint what a stop has left, to go on from
 * @param failure the latest; of a stream that has ended, what has ended it
 */
public record StreamStatus(
        String pipeline,
        String lineage,
        State state,
        String source,
        String target,
        Instant started,
        Instant updated,
        Counts counts,
        KeyedCounts keyed,
        Optional<Instant> watermark,
        Optional<Long> behind,
        long checkpoint,
        Optional<Instant> checkpointed,
        double rowsPerSecond,
        int restarts,
        Optional<String> savepoint,
        Optional<Failure> failure) {
    /** Whether it goes on. */
    public enum State {
        RUNNING,
        /** Said to go on, by a process that has ended without a word. The next start goes on behind its last checkpoint. */
        LOST,
        /** Ended by a request, with a savepoint. */
        STOPPED,
        /** Ended by a failure that beginning again does not mend. */
        FAILED
    }

    StreamStatus lost() {
        return new StreamStatus(
                pipeline,
                lineage,
                State.LOST,
                source,
                target,
                started,
                updated,
                counts,
                keyed,
                watermark,
                behind,
                checkpoint,
                checkpointed,
                0,
                restarts,
                savepoint,
                failure);
    }

    /** What went wrong. */
    public record Failure(ErrorKind kind, String message) {}
}
