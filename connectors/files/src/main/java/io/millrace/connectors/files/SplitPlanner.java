package io.millrace.connectors.files;

import io.millrace.api.Split;
import io.millrace.api.data.DataType;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.formats.parquet.RowGroupSummary;
import io.millrace.storage.Storage;
import io.millrace.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts files into splits of about a size: small files together, large ones in parts. */
final class SplitPlanner {
    /** So that a split's payload stays small. */
    private static final int MOST_PARTS = 256;

    private final Storage storage;
    private final SourceOptions options;
    private final SourceShape shape;
    private final MicrosWindow window;
    private final int batchRows;
    private final String columns;
    private final List<Split> splits = new ArrayList<>();
    private List<FilePart> parts = new ArrayList<>();
    private long bytes;
    private long rows;
    private long timeless;

    /** @param columns what was found out of the columns, for the splits */
    SplitPlanner(
            Storage storage,
            SourceOptions options,
            SourceShape shape,
            MicrosWindow window,
            int batchRows,
            String columns) {
        this.storage = storage;
        this.options = options;
        this.shape = shape;
        this.window = window;
        this.batchRows = batchRows;
        this.columns = columns;
    }

    List<Split> plan(List<StoredObject> files) {
        for (StoredObject file : files) {
            switch (options.format()) {
                case PARQUET -> addParquet(file);
                case CSV, JSON_LINES -> addText(file);
            }
        }
        flush();
        return splits;
    }

    /** Rows of Parquet that have no time, as far as footers tell: a window leaves them out. */
    long timeless() {
        return timeless;
    }

    private void addText(StoredObject file) {
        if (!options.cuts(file.key()) || file.size() <= options.splitBytes()) {
            add(FilePart.whole(file), file.size(), -1);
            return;
        }
        long count = (file.size() + options.splitBytes() - 1) / options.splitBytes();
        for (long i = 0; i < count; i++) {
            long from = file.size() / count * i;
            long to = i == count - 1 ? file.size() : file.size() / count * (i + 1);
            add(new FilePart(file, from, to), to - from, -1);
        }
    }

    private void addParquet(StoredObject file) {
        boolean pruned = !window.isAll();
        if (!pruned && file.size() <= options.splitBytes()) {
            add(FilePart.whole(file), file.size(), -1);
            return;
        }
        List<RowGroupSummary> groups;
        try (ObjectBytes source = new ObjectBytes(storage, file)) {
            groups = ParquetFooter.rowGroups(source, pruned ? shape.timeColumn() : Optional.empty());
        }
        DataType timeType = shape.timeColumn()
                .map(name -> shape.readSchema()
                        .field(shape.readSchema().indexOf(name))
                        .type())
                .orElse(DataType.TIMESTAMP);
        for (int i = 0; i < groups.size(); i++) {
            RowGroupSummary group = groups.get(i);
            if (pruned) {
                timeless += group.nulls().orElse(0);
                if (!window.mayContain(group, timeType)) {
                    continue;
                }
            }
            add(new FilePart(file, i, i + 1L), group.bytes(), group.rows());
        }
    }

    private void add(FilePart part, long size, long partRows) {
        if (bytes > 0 && bytes + size > options.splitBytes() || parts.size() == MOST_PARTS) {
            flush();
        }
        FilePart last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        boolean continued = last != null && last.object().equals(part.object()) && last.to() == part.from();
        if (continued) {
            parts.set(parts.size() - 1, new FilePart(part.object(), last.from(), part.to()));
        } else {
            parts.add(part);
        }
        bytes += size;
        rows = partRows < 0 || rows < 0 ? -1 : rows + partRows;
    }

    private void flush() {
        if (!parts.isEmpty()) {
            String id = String.format("%06d", splits.size());
            splits.add(new FileSplit(parts, window, batchRows, columns).toSplit(id, rows, bytes));
            parts = new ArrayList<>();
            bytes = 0;
            rows = 0;
        }
    }
}
