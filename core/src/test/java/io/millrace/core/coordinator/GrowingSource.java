package io.millrace.core.coordinator;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The numbers from 0 to a size that grows, in splits of ten; increments go on where the previous one ended. */
final class GrowingSource implements Extractor {
    private static final int SPLIT = 10;

    long size;
    boolean incremental = true;
    PinState pinState = PinState.VALID;
    /** The number whose split cannot be read; -1: none. */
    long unreadable = -1;

    MillraceException planFailure;
    Runnable afterBatch = () -> {};

    GrowingSource(long size) {
        this.size = size;
    }

    @Override
    public String describe() {
        return "growing";
    }

    @Override
    public Schema schema() {
        return Schema.of(Field.of("id", DataType.INT64));
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.of("id");
    }

    @Override
    public boolean incremental() {
        return incremental;
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.of(size);
    }

    @Override
    public Plan plan(ExtractRequest request) {
        if (planFailure != null) {
            throw planFailure;
        }
        boolean increment = incremental && request.window().isEmpty();
        long from = increment ? request.position().map(Long::parseLong).orElse(0L) : 0;
        List<Split> splits = new ArrayList<>();
        for (long first = from; first < size; first += SPLIT) {
            long end = Math.min(size, first + SPLIT);
            splits.add(new Split("from-" + first, 1, first + " " + end, end - first, -1));
        }
        return new Plan(
                splits.iterator(),
                Repeatability.BOUNDED_REPEATABLE,
                "pin " + size,
                increment ? Optional.of("" + size) : Optional.empty(),
                List.of());
    }

    @Override
    public PinState check(String pin) {
        return pinState;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        String[] range = split.payload().split(" ");
        long first = Long.parseLong(range[0]);
        long end = Long.parseLong(range[1]);
        return new BatchReader() {
            private boolean read;

            @Override
            public Batch next() {
                if (first <= unreadable && unreadable < end) {
                    throw MillraceException.denied("unreadable on purpose", null);
                }
                if (read) {
                    return null;
                }
                read = true;
                BatchBuilder builder = new BatchBuilder(schema());
                for (long id = first; id < end; id++) {
                    ((LongColumn.Builder) builder.column(0)).append(id);
                }
                afterBatch.run();
                return builder.build(Origin.of(split.id(), 0));
            }

            @Override
            public long rowsRead() {
                return read ? end - first : 0;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
