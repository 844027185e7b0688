package io.millrace.core.embedded;

import io.millrace.api.BatchReader;
import io.millrace.api.Extractor;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads the splits of a plan one behind the other, as records. Closes itself behind the last record, or when it fails. */
final class Extraction implements Iterator<Map<String, Object>>, AutoCloseable {
    private final Extractor extractor;
    private final Iterator<Split> splits;
    private final Rejects rejects;
    private final Collection<Extraction> open;
    private BatchReader reader;
    private Batch batch;
    private int row;
    private boolean closed;
    private boolean cancelled;

    /** @param open holds this one until it is closed */
    Extraction(Extractor extractor, Iterator<Split> splits, Rejects rejects, Collection<Extraction> open) {
        this.extractor = extractor;
        this.splits = splits;
        this.rejects = rejects;
        this.open = open;
        open.add(this);
    }

    @Override
    public boolean hasNext() {
        if (cancelled) {
            // Ending quietly would look like the end of the data.
            throw new IllegalStateException("the source was disconnected before all records were read");
        }
        while (!closed && (batch == null || row == batch.rowCount())) {
            try {
                advance();
            } catch (RuntimeException | Error failed) {
                close();
                throw failed;
            }
        }
        return !closed;
    }

    private void advance() {
        batch = reader == null ? null : reader.next();
        row = 0;
        if (batch != null) {
            return;
        }
        closeReader();
        if (splits.hasNext()) {
            reader = extractor.open(splits.next(), Optional.empty(), rejects);
        } else {
            close();
        }
    }

    @Override
    public Map<String, Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch.record(row++);
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Ends it before its time; asking for more records is then an error. */
    void cancel() {
        cancelled = true;
        close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open.remove(this);
            closeReader();
            extractor.close();
        }
    }
}
