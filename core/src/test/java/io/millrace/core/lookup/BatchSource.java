package io.millrace.core.lookup;

import io.millrace.api.BatchReader;
import io.millrace.api.ConnectorContext;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Repeatability;
import io.millrace.api.SourceFactory;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A source of one split of batches that are there already, for measurements. */
record BatchSource(Schema columns, List<Batch> batches) implements SourceFactory<MemoryTables.Settings> {
    @Override
    public Class<MemoryTables.Settings> settings() {
        return MemoryTables.Settings.class;
    }

    @Override
    public Extractor create(MemoryTables.Settings settings, ConnectorContext context) {
        return new Extractor() {
            @Override
            public String describe() {
                return "batches";
            }

            @Override
            public Schema schema() {
                return columns;
            }

            @Override
            public Optional<String> timeColumn() {
                return Optional.empty();
            }

            @Override
            public OptionalLong rowCount() {
                return OptionalLong.empty();
            }

            @Override
            public Plan plan(ExtractRequest request) {
                Iterator<Split> splits =
                        List.of(new Split("all", 1, "", -1, -1)).iterator();
                return new Plan(splits, Repeatability.REPEATABLE, "", Optional.empty(), List.of());
            }

            @Override
            public PinState check(String pin) {
                return PinState.VALID;
            }

            @Override
            public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
                Iterator<Batch> left = batches.iterator();
                return new BatchReader() {
                    @Override
                    public Batch next() {
                        return left.hasNext() ? left.next() : null;
                    }

                    @Override
                    public long rowsRead() {
                        return 0;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() {}
        };
    }
}
