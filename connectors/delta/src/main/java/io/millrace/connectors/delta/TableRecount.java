package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.AddFile;
import io.millrace.api.MillraceException;
import io.millrace.api.Recount;
import io.millrace.api.RecountRequest;
import io.millrace.formats.parquet.ParquetFooter;
import io.millrace.formats.parquet.RowGroupSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts the rows of a run's files that the newest version of the table consists of, by their footers. */
record TableRecount(TableFiles files, RecountRequest request) {
    Recount result() {
        Optional<Snapshot> table = new DeltaTable(files).latest();
        if (table.isEmpty() || !new TransactionName(files, request.id()).isCommitted(table.get())) {
            return new Recount(
                    OptionalLong.of(0),
                    0,
                    "its commit",
                    List.of("the table's log has no commit of it any more; it remembers them for"
                            + " transaction_retention"));
        }
        Map<String, AddFile> active = new HashMap<>();
        ActiveFiles.forEach(files, table.get(), Optional.empty(), file -> {
            String key = DataFile.key(file.getPath());
            if (key != null && key.startsWith(TableFiles.data(request.id().lineage()))) {
                active.put(key, file);
            }
        });
        long found = 0;
        long replaced = 0;
        List<String> problems = new ArrayList<>();
        for (DataFile file : StagedFiles.of(request.staged())) {
            AddFile added = active.get(file.key());
            if (added == null) {
                // By a later version: DELETE, MERGE, OPTIMIZE, or a run that overwrote it.
                replaced += file.rows();
                continue;
            }
            try {
                long deleted = added.getDeletionVector()
                        .map(vector -> vector.getCardinality())
                        .orElse(0L);
                long rows = rows(file);
                found += rows - deleted;
                replaced += deleted;
                if (rows != file.rows()) {
                    problems.add(files.storage().nameOf(file.key()) + " has " + rows + " rows, and " + file.rows()
                            + " were written");
                }
            } catch (MillraceException unreadable) {
                problems.add(unreadable.getMessage());
            }
        }
        return new Recount(
                OptionalLong.of(found),
                replaced,
                "rows by the footers of " + active.size() + (active.size() == 1 ? " file" : " files")
                        + " of it in version " + table.get().getVersion(),
                problems);
    }

    private long rows(DataFile file) {
        try (StorageSource source = StorageSource.open(files.storage(), file.part())) {
            return ParquetFooter.rowGroups(source, Optional.empty()).stream()
                    .mapToLong(RowGroupSummary::rows)
                    .sum();
        }
    }
}
