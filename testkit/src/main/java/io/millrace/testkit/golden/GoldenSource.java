package io.millrace.testkit.golden;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The rows of a golden case as a source. Split {@code i} is called by its number. */
final class GoldenSource implements Extractor {
    private final GoldenCase golden;
    private volatile int batchRows = 1;

    GoldenSource(GoldenCase golden) {
        this.golden = golden;
    }

    @Override
    public String describe() {
        return "golden case";
    }

    @Override
    public Schema schema() {
        return golden.columns();
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.empty();
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.of(golden.rowCount());
    }

    @Override
    public Plan plan(ExtractRequest request) {
        batchRows = request.batchRows();
        List<Split> splits = IntStream.range(0, golden.splits().size())
                .mapToObj(
                        i -> new Split("" + i, 1, "" + i, golden.splits().get(i).size(), 0))
                .toList();
        return new Plan(splits.iterator(), Repeatability.REPEATABLE, "golden", Optional.empty(), List.of());
    }

    @Override
    public PinState check(String pin) {
        return PinState.VALID;
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        List<Map<String, Object>> rows = golden.splits().get(Integer.parseInt(split.payload()));
        return new BatchReader() {
            private int read;

            @Override
            public Batch next() {
                if (read == rows.size()) {
                    return null;
                }
                int from = read;
                read = Math.min(rows.size(), from + batchRows);
                BatchBuilder builder = new BatchBuilder(golden.columns());
                rows.subList(from, read).forEach(builder::appendRecord);
                return builder.build(Origin.of(split.id(), from));
            }

            @Override
            public long rowsRead() {
                return read;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
