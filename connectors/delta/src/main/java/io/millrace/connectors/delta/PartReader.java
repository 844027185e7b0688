package io.millrace.connectors.delta;

import io.delta.kernel.internal.deletionvectors.DeletionVectorUtils;
import io.delta.kernel.internal.deletionvectors.RoaringBitmapArray;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Selection;
import io.millrace.formats.parquet.ByteSource;
import io.millrace.formats.parquet.ParquetBatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one data file, or some of its row groups, as columns of the table. One thread. */
final class PartReader implements AutoCloseable {
    private final List<ColumnOfPart> columns = new ArrayList<>();
    private final ColumnOfPart time;
    private final Optional<WindowRows> window;
    private final RoaringBitmapArray deleted;
    private final ByteSource source;
    private final ParquetBatchReader reader;
    private long row;

    /** Where a column of the table comes from: a position in the file, or the same value for all rows. */
    private record ColumnOfPart(int position, ConstantColumn constant) {
        Column of(Batch batch) {
            return position < 0 ? constant.of(batch.rowCount()) : StoredColumns.stored(batch.column(position));
        }
    }

    PartReader(TableFiles files, SourceTable table, FilePart part, Optional<WindowRows> window, int batchRows) {
        this.window = window;
        this.deleted = part.deleted() == null ? null : deleted(files, part);
        this.source = StorageSource.open(files.storage(), part);
        List<String> there = ParquetBatchReader.columnNames(source);
        List<String> stored = new ArrayList<>();
        for (SourceColumn column : table.columns()) {
            columns.add(columnOfPart(column, part, there, stored));
        }
        this.time = window.isPresent() ? columnOfPart(table.time().orElseThrow(), part, there, stored) : null;
        if (stored.isEmpty()) {
            // Rows can only be counted by reading a column.
            stored.add(there.get(0));
        }
        this.reader = ParquetBatchReader.open(source, Optional.of(stored), part.groups(), batchRows);
        requireTypes(table.columns());
    }

    private static RoaringBitmapArray deleted(TableFiles files, FilePart part) {
        try {
            return DeletionVectorUtils.loadNewDvAndBitmap(
                            files.engine(), files.root(), part.deleted().descriptor())
                    ._2;
        } catch (RuntimeException failure) {
            throw KernelFailure.of("cannot read the deletion vector of " + part.key() + " in", files.root(), failure);
        }
    }

    private static ColumnOfPart columnOfPart(
            SourceColumn column, FilePart part, List<String> there, List<String> stored) {
        if (column.partition()) {
            return new ColumnOfPart(
                    -1, new ConstantColumn(column, part.partition().get(column.stored())));
        }
        if (!there.contains(column.stored())) {
            return new ColumnOfPart(-1, new ConstantColumn(column, null));
        }
        int position = stored.indexOf(column.stored());
        if (position < 0) {
            position = stored.size();
            stored.add(column.stored());
        }
        return new ColumnOfPart(position, null);
    }

    private void requireTypes(List<SourceColumn> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            int position = columns.get(i).position();
            if (position >= 0) {
                DataType found =
                        TableSchema.stored(reader.schema().field(position).type());
                if (!found.equals(wanted.get(i).field().type())) {
                    close();
                    throw MillraceException.user("column '"
                            + wanted.get(i).field().name() + "' is " + found + " in "
                            + source.name() + ", but " + wanted.get(i).field().type()
                            + " in the table (its type was widened); read it with engine: spark");
                }
            }
        }
    }

    /** The next rows that are there and lie in the window, perhaps none; null behind the last. */
    List<Column> next() {
        Batch batch = reader.next();
        if (batch == null) {
            return null;
        }
        int[] rows = new int[batch.rowCount()];
        int count = present(batch.rowCount(), rows);
        if (window.isPresent()) {
            count = window.get().keep(time.of(batch), rows, count);
        }
        row += batch.rowCount();
        boolean all = count == batch.rowCount();
        Selection kept = all ? null : Selection.of(rows, count);
        List<Column> found = new ArrayList<>();
        for (ColumnOfPart column : columns) {
            found.add(all ? column.of(batch) : column.of(batch).select(kept));
        }
        return found;
    }

    private int present(int total, int[] rows) {
        int count = 0;
        for (int i = 0; i < total; i++) {
            if (deleted == null || !deleted.contains(row + i)) {
                rows[count++] = i;
            }
        }
        return count;
    }

    @Override
    public void close() {
        reader.close();
        source.close();
    }
}
