package io.millrace.core.fit;

import io.millrace.api.BatchReader;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.PinState;
import io.millrace.api.Plan;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A source whose splits each fail once, behind their first batch. */
record FlakySource(Extractor source, Set<String> failed) implements Extractor {
    FlakySource(Extractor source) {
        this(source, ConcurrentHashMap.newKeySet());
    }

    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public Schema schema() {
        return source.schema();
    }

    @Override
    public Optional<String> timeColumn() {
        return source.timeColumn();
    }

    @Override
    public OptionalLong rowCount() {
        return source.rowCount();
    }

    @Override
    public Plan plan(ExtractRequest request) {
        return source.plan(request);
    }

    @Override
    public PinState check(String pin) {
        return source.check(pin);
    }

    @Override
    public BatchReader open(Split split, Optional<String> resumePoint, Rejects rejects) {
        BatchReader reader = source.open(split, resumePoint, rejects);
        boolean fails = failed.add(split.id());
        return new BatchReader() {
            @Override
            public Batch next() {
                if (fails && rowsRead() > 0) {
                    throw MillraceException.unavailable("the server went away", null);
                }
                return reader.next();
            }

            @Override
            public long rowsRead() {
                return reader.rowsRead();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    @Override
    public void close() {
        source.close();
    }
}
