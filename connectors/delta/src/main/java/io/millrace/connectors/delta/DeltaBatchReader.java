package io.millrace.connectors.delta;

import io.millrace.api.BatchReader;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads the files of a split, one after another. */
final class DeltaBatchReader implements BatchReader {
    private final TableFiles files;
    private final SourceTable table;
    private final Schema schema;
    private final String split;
    private final Iterator<FilePart> parts;
    private final Optional<WindowRows> window;
    private final int batchRows;
    private PartReader part;
    private long delivered;
    private volatile boolean closed;

    DeltaBatchReader(TableFiles files, SourceTable table, String split, SplitFiles content, int batchRows) {
        this.files = files;
        this.table = table;
        this.schema = table.schema();
        this.split = split;
        this.parts = content.parts().iterator();
        this.window = content.window().map(WindowRows::new);
        this.batchRows = batchRows;
    }

    @Override
    public Batch next() {
        while (true) {
            if (closed || Thread.currentThread().isInterrupted()) {
                throw stopped(null);
            }
            if (part == null) {
                if (!parts.hasNext()) {
                    return null;
                }
                part = new PartReader(files, table, parts.next(), window, batchRows);
            }
            List<Column> columns = nextOfPart();
            if (columns == null) {
                part.close();
                part = null;
            } else if (columns.get(0).length() > 0) {
                return batch(columns);
            }
        }
    }

    private List<Column> nextOfPart() {
        try {
            return part.next();
        } catch (RuntimeException failure) {
            throw closed ? stopped(failure) : failure;
        }
    }

    private MillraceException stopped(Throwable cause) {
        return new MillraceException(
                ErrorKind.STOPPED, "reading " + split + " of " + files.root() + " was stopped", cause);
    }

    private Batch batch(List<Column> columns) {
        Failpoint.MID_READ.reached();
        int rows = columns.get(0).length();
        Batch batch = Batch.of(schema, rows, columns, Origin.of(split, delivered));
        delivered += rows;
        return batch;
    }

    @Override
    public long rowsRead() {
        return delivered;
    }

    /** A read that is under way ends by itself: files answer, and requests have a time limit. */
    @Override
    public void close() {
        closed = true;
        PartReader open = part;
        if (open != null) {
            open.close();
        }
    }
}
