package io.millrace.core.embedded;

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
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a table in memory in splits of ten rows. */
final class MemoryExtractor implements Extractor {
    private static final int SPLIT_ROWS = 10;

    private final MemoryConnector connector;
    private final String name;
    private boolean closed;
    private int batchRows;

    MemoryExtractor(MemoryConnector connector, String name) {
        this.connector = connector;
        this.name = name;
    }

    private MemoryConnector.Table table() {
        MemoryConnector.Table table = connector.tables.get(name);
        if (table == null) {
            throw MillraceException.user("there is no table " + name);
        }
        return table;
    }

    @Override
    public String describe() {
        return "memory " + name;
    }

    @Override
    public Schema schema() {
        return table().schema;
    }

    @Override
    public Optional<String> timeColumn() {
        return Optional.empty();
    }

    @Override
    public OptionalLong rowCount() {
        return OptionalLong.of(table().rows.size());
    }

    @Override
    public Plan plan(ExtractRequest request) {
        batchRows = request.batchRows();
        List<Split> splits = new ArrayList<>();
        for (int from = 0; from < table().rows.size(); from += SPLIT_ROWS) {
            splits.add(new Split("split-" + from, 1, "" + from, SPLIT_ROWS, -1));
        }
        return new Plan(splits.iterator(), Repeatability.REPEATABLE, "pin", Optional.empty(), List.of());
    }

    @Override
    public PinState check(String pin) {
        batchRows = SPLIT_ROWS;
        return PinState.VALID;
    }

    @Override
    public synchronized BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        MemoryConnector.Table table = table();
        table.opened++;
        boolean fails = table.broken > 0;
        table.broken--;
        int first = Integer.parseInt(split.payload());
        List<Map<String, Object>> rows = table.rows.subList(first, Math.min(first + SPLIT_ROWS, table.rows.size()));
        return new BatchReader() {
            private int read;

            @Override
            public Batch next() {
                if (fails && read > 0) {
                    throw MillraceException.denied("the source failed on purpose", null);
                }
                if (read == 0 && first == 0 && table.rejectsFirst) {
                    rejects.reject(split.id(), read++, "id", "is no number", "x");
                }
                if (read == rows.size()) {
                    return null;
                }
                int from = read;
                BatchBuilder builder = new BatchBuilder(table.schema);
                while (read < rows.size() && read - from < batchRows) {
                    builder.appendRecord(rows.get(read++));
                }
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
    public void close() {
        if (!closed) {
            connector.openExtractors--;
            closed = true;
        }
    }
}
