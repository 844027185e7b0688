package io.millrace.engines.flink;

import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.core.pipeline.StreamSettings;
import io.millrace.core.step.StepChain;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far event time has come in a subtask's partitions: the slowest of those that are not idle counts. One thread.
 */
final class Watermarks {
    private final StreamSettings settings;
    /** Of the event time; -1 where it is not there. */
    private final int inSource;

    private final int inOutput;
    private long watermark = Long.MIN_VALUE;

    /** @param steps those before the first keyed one */
    Watermarks(StreamSettings settings, StepChain steps) {
        this.settings = settings;
        this.inOutput = position(settings, steps.output()).orElse(-1);
        this.inSource = inOutput >= 0 ? -1 : position(settings, steps.source()).orElse(-1);
    }

    /** Where a schema has the event time as a timestamp. */
    static Optional<Integer> position(StreamSettings settings, Schema schema) {
        return settings.eventTime()
                .map(schema::indexOf)
                .filter(position -> position >= 0)
                .filter(position -> schema.field(position).type().kind() == DataType.Kind.TIMESTAMP);
    }

    /** Learns of the event times of a batch, before and behind the steps. */
    void saw(PartitionRows partition, Batch source, Batch output) {
        Batch timed = inOutput >= 0 ? output : source;
        int position = inOutput >= 0 ? inOutput : inSource;
        if (position < 0 || timed.rowCount() == 0) {
            return;
        }
        LongColumn times = (LongColumn) timed.column(position);
        for (int row = 0; row < timed.rowCount(); row++) {
            if (!times.isNull(row)) {
                partition.saw(times.get(row));
            }
        }
    }

    /**
     * Whether none of the partitions has brought anything for long.
     *
     * @param begun since when there might have been partitions
     */
    boolean idle(Collection<PartitionRows> partitions, long begun, long millis) {
        return !active(begun, millis)
                && partitions.stream().noneMatch(partition -> active(partition.activeAt(), millis));
    }

    private boolean active(long at, long millis) {
        return at >= millis - settings.idleness().toMillis();
    }

    /** The watermark, in microseconds; empty before the first event time. It never goes back. */
    OptionalLong now(Collection<PartitionRows> partitions, long millis) {
        partitions.stream()
                .filter(partition -> active(partition.activeAt(), millis))
                .mapToLong(PartitionRows::latest)
                .min()
                .ifPresent(slowest -> {
                    if (slowest != Long.MIN_VALUE) {
                        watermark = Math.max(
                                watermark, slowest - settings.outOfOrderness().toNanos() / 1_000);
                    }
                });
        return watermark == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(watermark);
    }
}
