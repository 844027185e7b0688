package io.millrace.connectors.delta;

import io.delta.kernel.internal.actions.AddFile;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.formats.parquet.ByteSource;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.formats.parquet.RowGroupSummary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Cuts files into splits of about one size: small files together, large ones between row groups, for which their footers are
 * read as the splits are asked for. One thread.
 */
final class Planner implements Iterator<Split> {
    /** A split's text should stay small. */
    private static final int MOST_FILES = 500;

    private final TableFiles files;
    private final SourceTable table;
    private final Optional<TimeWindow> window;
    private final long splitBytes;
    private final Iterator<AddFile> left;
    private final Deque<Split> ready = new ArrayDeque<>();
    private final List<FilePart> together = new ArrayList<>();
    private long togetherBytes;
    private long togetherRows;
    private int splits;

    Planner(TableFiles files, SourceTable table, Optional<TimeWindow> window, long splitBytes, Iterator<AddFile> all) {
        this.files = files;
        this.table = table;
        this.window = window;
        this.splitBytes = splitBytes;
        this.left = all;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && left.hasNext()) {
            take(left.next());
        }
        if (ready.isEmpty()) {
            flush();
        }
        return !ready.isEmpty();
    }

    @Override
    public Split next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void take(AddFile file) {
        FilePart whole = FilePart.of(file, files.root());
        long rows = LogStatistics.rows(file).orElse(-1L);
        // Deleted rows are named by their places in the whole file.
        if (file.getSize() > splitBytes && whole.deleted() == null) {
            cut(whole);
            return;
        }
        if (togetherBytes + file.getSize() > splitBytes || together.size() == MOST_FILES) {
            flush();
        }
        together.add(whole);
        togetherBytes += file.getSize();
        togetherRows = rows < 0 || togetherRows < 0 ? -1 : togetherRows + rows;
    }

    private void flush() {
        if (!together.isEmpty()) {
            add(List.copyOf(together), togetherRows, togetherBytes);
            together.clear();
        }
        togetherBytes = 0;
        togetherRows = 0;
    }

    private void cut(FilePart whole) {
        List<RowGroupSummary> groups;
        try (ByteSource source = StorageSource.open(files.storage(), whole)) {
            groups = ParquetFooter.rowGroups(source, Optional.empty());
        }
        int from = 0;
        long bytes = 0;
        long rows = 0;
        for (int group = 0; group < groups.size(); group++) {
            bytes += groups.get(group).bytes();
            rows += groups.get(group).rows();
            if (bytes >= splitBytes || group == groups.size() - 1) {
                add(List.of(whole.groups(from, group + 1)), rows, bytes);
                from = group + 1;
                bytes = 0;
                rows = 0;
            }
        }
    }

    private void add(List<FilePart> parts, long rows, long bytes) {
        String payload =
                SplitFiles.of(table.snapshot().getVersion(), window, parts).text();
        ready.add(new Split("files-" + splits++, SplitFiles.FORMAT, payload, rows, bytes));
    }
}
