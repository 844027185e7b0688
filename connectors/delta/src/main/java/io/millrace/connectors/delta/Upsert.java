package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Selection;
import io.millrace.formats.parquet.partitioned.PartitionedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Replaces rows by key: files of the table that hold a key of the run are written anew without those rows. Where the run has
 * a key more than once, the last row wins: in the order of the pieces, of their files, and of the rows within, so that rows of
 * different partitions are in no particular order. All of the run's keys are in memory meanwhile.
 */
record Upsert(TableFiles files, Lineage lineage, DeltaTargetSettings settings) implements TableChange {
    private static final int BATCH_ROWS = 8192;

    @Override
    public List<Row> actions(Snapshot table, List<DataFile> added) {
        if (added.isEmpty()) {
            return List.of();
        }
        List<String> key = settings.mode().key();
        KeyTable keys = new KeyTable();
        long rows = 0;
        for (DataFile file : added) {
            rows = collect(table, file.part(), keys, rows);
        }
        List<Row> actions = new ArrayList<>();
        try (Rewriting rewriting = new Rewriting(table)) {
            long before = 0;
            for (DataFile file : added) {
                // Of a key that occurs twice, the earlier row goes.
                long first = before;
                if (keys.size() == rows
                        || !rewriting.rewrite(file.part(), (bytes, row) -> keys.owns(bytes, first + row))) {
                    actions.add(file.addAction());
                }
                before += file.rows();
            }
            KeyRanges ranges = KeyRanges.of(key, added);
            for (AddFile file : ActiveFiles.of(files, table)) {
                boolean touched = ranges.mayTouch(file)
                        && rewriting.rewrite(FilePart.of(file, files.root()), (bytes, row) -> !keys.contains(bytes));
                if (touched) {
                    actions.add(ActiveFiles.removeAction(file));
                }
            }
            rewriting.finish().forEach(file -> actions.add(file.addAction()));
        } catch (IOException failure) {
            throw MillraceException.unavailable(
                    "cannot write to the Delta table " + files.root() + ": " + failure.getMessage(), failure);
        }
        return actions;
    }

    /** Notes the keys of a file's rows, which are numbered from {@code first} on; the number behind the last. */
    private long collect(Snapshot table, FilePart part, KeyTable keys, long first) {
        long row = first;
        KeyBytes bytes = new KeyBytes();
        SourceTable source = SourceTable.of(table, settings.mode().key());
        try (PartReader reader = new PartReader(files, source, part, Optional.empty(), BATCH_ROWS)) {
            for (List<Column> columns = reader.next(); columns != null; columns = reader.next()) {
                int count = columns.get(0).length();
                for (int i = 0; i < count; i++) {
                    if (isWhole(columns, i)) {
                        bytes.set(columns, i);
                        keys.put(bytes, row);
                    }
                    row++;
                }
            }
        }
        return row;
    }

    /** In a partition column an empty text has become null. */
    private static boolean isWhole(List<Column> key, int row) {
        for (Column column : key) {
            if (column.isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private interface Kept {
        boolean test(KeyBytes key, long row);
    }

    /** Writes what is left of files that lose rows. */
    private final class Rewriting implements AutoCloseable {
        private final SourceTable keys;
        private final SourceTable all;
        private final int[] keyPositions;
        private final DataFiles written;
        private final PartitionedWriter writer;

        Rewriting(Snapshot table) {
            keys = SourceTable.of(table, settings.mode().key());
            all = SourceTable.of(table, table.getSchema().fieldNames());
            keyPositions = settings.mode().key().stream()
                    .mapToInt(all.schema()::require)
                    .toArray();
            written = new DataFiles(
                    files.storage(),
                    TableFiles.data(lineage),
                    "rewritten-" + UUID.randomUUID().toString().substring(0, 8),
                    settings.partitionBy());
            writer = new PartitionedWriter(
                    all.schema(),
                    settings.partitionBy(),
                    settings.options(Map.of()),
                    settings.fileSize().bytes(),
                    written);
        }

        /** False where the file keeps all its rows, so that nothing was written. */
        boolean rewrite(FilePart part, Kept kept) throws IOException {
            if (keepsAll(part, kept)) {
                return false;
            }
            long row = 0;
            KeyBytes bytes = new KeyBytes();
            try (PartReader reader = new PartReader(files, all, part, Optional.empty(), BATCH_ROWS)) {
                for (List<Column> columns = reader.next(); columns != null; columns = reader.next()) {
                    Batch batch = Batch.of(all.schema(), columns.get(0).length(), columns, null);
                    List<Column> key = new ArrayList<>();
                    for (int position : keyPositions) {
                        key.add(columns.get(position));
                    }
                    int[] rows = new int[batch.rowCount()];
                    int count = 0;
                    for (int i = 0; i < rows.length; i++) {
                        if (keeps(kept, bytes, key, i, row++)) {
                            rows[count++] = i;
                        }
                    }
                    writer.write(batch.select(Selection.of(rows, count)), NoneRejected.INSTANCE);
                }
            }
            return true;
        }

        private boolean keepsAll(FilePart part, Kept kept) {
            long row = 0;
            KeyBytes bytes = new KeyBytes();
            try (PartReader reader = new PartReader(files, keys, part, Optional.empty(), BATCH_ROWS)) {
                for (List<Column> columns = reader.next(); columns != null; columns = reader.next()) {
                    int count = columns.get(0).length();
                    for (int i = 0; i < count; i++) {
                        if (!keeps(kept, bytes, columns, i, row++)) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }

        /** Rows of the table whose key has a null are nobody's. */
        private boolean keeps(Kept kept, KeyBytes bytes, List<Column> key, int place, long row) {
            if (!isWhole(key, place)) {
                return true;
            }
            bytes.set(key, place);
            return kept.test(bytes, row);
        }

        List<DataFile> finish() throws IOException {
            return written.described(writer.finish());
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
