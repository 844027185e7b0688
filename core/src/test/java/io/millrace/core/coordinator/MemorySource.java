package io.millrace.core.coordinator;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A source of numbered rows in numbered splits, with faults on demand. Row {@code n} of split {@code s} has id
 * {@code keys(s * rows + n)}.
 */
final class MemorySource implements Extractor {
    static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64));

    final int splits;
    final int rows;
    IntUnaryOperator keys = number -> number;
    PinState pinState = PinState.VALID;
    Schema schema = SCHEMA;
    int batchRows = 10;
    /** Whether splits say how many rows they have, and not only how many bytes. */
    boolean knowsRows = true;
    /** Split number → how many openings of it fail half way. */
    final Map<Integer, Integer> failures = new ConcurrentHashMap<>();

    /** The row in front of which they fail; -1: half way. */
    int failsAt = -1;

    ErrorKind failure = ErrorKind.UNAVAILABLE;
    /** Split number → how often it was opened. */
    final Map<Integer, Integer> opened = new ConcurrentHashMap<>();
    /** Whether a split can be continued in the middle. */
    boolean resumable;
    /** Split number → the row at which its first opening began. */
    final Map<Integer, Integer> firstRows = new ConcurrentHashMap<>();
    /** Every how many rows the source itself rejects one; 0: none. */
    int rejectEvery;

    List<String> notices = List.of();
    /** The pins that runs were resumed with before they asked for the columns. */
    final List<String> resumed = new ArrayList<>();

    Runnable afterBatch = () -> {};
    int plans;

    MemorySource(int splits, int rows) {
        this.splits = splits;
        this.rows = rows;
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.of("time");
    }

    @Override
    public void resume(String pin) {
        resumed.add(pin);
    }

    @Override
    public List<String> notices() {
        return notices;
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.of((long) splits * rows);
    }

    @Override
    public Plan plan(ExtractRequest request) {
        plans++;
        List<Split> planned = new ArrayList<>();
        IntStream.range(0, splits)
                .forEach(i -> planned.add(new Split("split-" + i, 1, "" + i, knowsRows ? rows : -1, rows * 8L)));
        return new Plan(planned.iterator(), Repeatability.REPEATABLE, "pin", Optional.empty(), List.of());
    }

    @Override
    public PinState check(String pin) {
        return pinState;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        int number = Integer.parseInt(split.payload());
        opened.merge(number, 1, Integer::sum);
        boolean fails = failures.merge(number, -1, Integer::sum) >= 0;
        int first = resumePoint.map(Integer::parseInt).orElse(0);
        firstRows.putIfAbsent(number, first);
        return new BatchReader() {
            private int read = first;

            @Override
            public Batch next() {
                if (fails && read >= (failsAt < 0 ? rows / 2 : failsAt)) {
                    throw new MillraceException(failure, "the source failed on purpose");
                }
                if (read >= rows) {
                    return null;
                }
                int from = read;
                BatchBuilder builder = new BatchBuilder(SCHEMA);
                List<Integer> ordinals = new ArrayList<>();
                while (read < rows && read < from + batchRows) {
                    int row = read++;
                    if (rejectEvery > 0 && row % rejectEvery == 0) {
                        rejects.reject(split.id(), row, "id", "not a number", "x" + row);
                        continue;
                    }
                    ((LongColumn.Builder) builder.column(0)).append(keys.applyAsInt(number * rows + row));
                    ordinals.add(row);
                }
                afterBatch.run();
                if (ordinals.isEmpty()) {
                    return next();
                }
                return builder.build(Origin.of(
                        split.id(), 0, ordinals.stream().mapToInt(i -> i).toArray()));
            }

            @Override
            public long rowsRead() {
                return read - first;
            }

            @Override
            public Optional<String> resumePoint() {
                return resumable ? Optional.of("" + read) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
