package io.millrace.connectors.delta;

import io.delta.kernel.CommitActions;
import io.delta.kernel.CommitRange;
import io.delta.kernel.CommitRangeBuilder.CommitBoundary;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.DeltaLogActionUtils.DeltaAction;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.utils.CloseableIterator;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What commits added to a table since a position. */
record AddedFiles(TableFiles files, ChangePolicy policy) {
    /** The files that the commits from {@code first} to {@code last} added, both inclusive, and that are still meant. */
    List<AddFile> between(long first, long last) {
        Map<String, AddFile> added = new LinkedHashMap<>();
        CommitRange range = range(first, last);
        try (CloseableIterator<CommitActions> commits =
                range.getCommitActions(files.engine(), Set.of(DeltaAction.ADD, DeltaAction.REMOVE))) {
            while (commits.hasNext()) {
                try (CommitActions commit = commits.next()) {
                    take(commit, added);
                }
            }
        } catch (Exception failure) {
            throw KernelFailure.of("cannot read the increment of", files.root(), failure);
        }
        return List.copyOf(added.values());
    }

    private CommitRange range(long first, long last) {
        try {
            return TableManager.loadCommitRange(files.root(), CommitBoundary.atVersion(first))
                    .withEndBoundary(CommitBoundary.atVersion(last))
                    .build(files.engine());
        } catch (RuntimeException failure) {
            MillraceException known = KernelFailure.of("cannot read the increment of", files.root(), failure);
            throw known.kind() == ErrorKind.USER
                    ? MillraceException.user(
                            "the log of the Delta table " + files.root() + " does not reach back to version " + first
                                    + ", where the increment begins; run once with --full")
                    : known;
        }
    }

    private void take(CommitActions commit, Map<String, AddFile> added) throws Exception {
        // A commit may name what it adds before what it removes.
        try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
            while (batches.hasNext()) {
                removals(commit.getVersion(), batches.next(), added);
            }
        }
        try (CloseableIterator<ColumnarBatch> batches = commit.getActions()) {
            while (batches.hasNext()) {
                additions(batches.next(), added);
            }
        }
    }

    private void removals(long version, ColumnarBatch batch, Map<String, AddFile> added) throws Exception {
        int position = batch.getSchema().indexOf("remove");
        try (CloseableIterator<Row> rows = batch.getRows()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (row.isNullAt(position)) {
                    continue;
                }
                RemoveFile removed = new RemoveFile(row.getStruct(position));
                // Without a change of data files were only written anew, as OPTIMIZE does.
                if (removed.getDataChange()) {
                    if (policy == ChangePolicy.REFUSE) {
                        throw MillraceException.user("version " + version + " of the Delta table " + files.root()
                                + " deleted or rewrote rows, which an increment cannot follow; run once with --full, or"
                                + " set changes: redeliver to take what it added");
                    }
                    added.remove(removed.getPath());
                }
            }
        }
    }

    private static void additions(ColumnarBatch batch, Map<String, AddFile> added) throws Exception {
        int position = batch.getSchema().indexOf("add");
        try (CloseableIterator<Row> rows = batch.getRows()) {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (!row.isNullAt(position)) {
                    AddFile file = new AddFile(row.getStruct(position));
                    if (file.getDataChange()) {
                        added.put(file.getPath(), file);
                    }
                }
            }
        }
    }
}
