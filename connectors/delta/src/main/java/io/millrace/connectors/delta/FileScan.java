package io.millrace.connectors.delta;

import io.delta.kernel.ScanBuilder;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The data files of a table's version, one after the other as Kernel reads them from the log: however many there are, those
 * of one batch are in memory. Closes itself at the end. One thread.
 */
final class FileScan implements Iterator<AddFile>, AutoCloseable {
    private final TableFiles files;
    private final CloseableIterator<FilteredColumnarBatch> batches;
    private CloseableIterator<Row> rows;
    private boolean closed;

    private FileScan(TableFiles files, CloseableIterator<FilteredColumnarBatch> batches) {
        this.files = files;
        this.batches = batches;
    }

    /** All files, or those that may hold rows for which the predicate is true. */
    static FileScan of(TableFiles files, Snapshot table, Optional<Predicate> predicate) {
        try {
            ScanBuilder builder = table.getScanBuilder();
            if (predicate.isPresent()) {
                builder = builder.withFilter(predicate.get());
            }
            return new FileScan(files, ((ScanImpl) builder.build()).getScanFiles(files.engine(), true));
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read", files.root(), failure);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (!closed && (rows == null || !rows.hasNext())) {
                closeRows();
                if (batches.hasNext()) {
                    rows = batches.next().getRows();
                } else {
                    close();
                }
            }
            return !closed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read", files.root(), failure);
        }
    }

    @Override
    public AddFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    }

    private void closeRows() throws IOException {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (batches) {
            closeRows();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
