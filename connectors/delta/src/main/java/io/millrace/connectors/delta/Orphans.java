package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.replay.CreateCheckpointIterator;
import io.millrace.api.Failpoint;
import io.millrace.api.Lineage;
import io.millrace.storage.OpenUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Data files of a lineage that nothing names. */
record Orphans(TableFiles files, Lineage lineage) {
    /** Removes them, whether whole or in part. The log is only asked where there may be some. */
    void remove(Set<String> named) {
        String prefix = TableFiles.data(lineage);
        List<OpenUpload> uploads = new ArrayList<>();
        files.storage().uploads(prefix).forEachRemaining(uploads::add);
        uploads.forEach(files.storage()::abort);
        List<String> unnamed = new ArrayList<>();
        files.storage().list(prefix).forEachRemaining(object -> {
            if (!named.contains(object.key())) {
                unnamed.add(object.key());
            }
        });
        if (!unnamed.isEmpty()) {
            unnamed.removeAll(namedByLog(prefix));
            Failpoint.DURING_CLEANUP.reached();
            files.storage().delete(unnamed);
        }
    }

    /** Files of the table, and those that it consisted of lately: older versions can still be read. */
    private Set<String> namedByLog(String prefix) {
        Set<String> named = new HashSet<>();
        Optional<Snapshot> table = new DeltaTable(files).latest();
        if (table.isEmpty()) {
            return named;
        }
        try (CreateCheckpointIterator actions = table.get().getCreateCheckpointIterator(files.engine())) {
            while (actions.hasNext()) {
                FilteredColumnarBatch batch = actions.next();
                addPaths(batch, "add", AddFile.FULL_SCHEMA.indexOf("path"), named);
                addPaths(batch, "remove", RemoveFile.FULL_SCHEMA.indexOf("path"), named);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        named.removeIf(key -> !key.startsWith(prefix));
        return named;
    }

    private static void addPaths(FilteredColumnarBatch batch, String action, int path, Set<String> named) {
        ColumnarBatch data = batch.getData();
        int position = data.getSchema().indexOf(action);
        if (position < 0) {
            return;
        }
        ColumnVector actions = data.getColumnVector(position);
        ColumnVector paths = actions.getChild(path);
        for (int row = 0; row < data.getSize(); row++) {
            if (!actions.isNullAt(row)) {
                String key = DataFile.key(paths.getString(row));
                if (key != null) {
                    named.add(key);
                }
            }
        }
    }
}
