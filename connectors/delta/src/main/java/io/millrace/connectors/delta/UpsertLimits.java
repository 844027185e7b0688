package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;
import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What an upsert in one process takes on: found out before anything is written, because a decided commit must succeed. */
final class UpsertLimits {
    /** Their keys are held in memory. */
    static final long MOST_ROWS = 5_000_000;

    private final TableFiles files;
    private final DeltaTargetSettings settings;
    private final AtomicLong rows = new AtomicLong();

    UpsertLimits(TableFiles files, DeltaTargetSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    void check(Snapshot table) {
        for (StructField column : table.getSchema().fields()) {
            checkColumn(column);
        }
        long bytes = 0;
        try (FileScan scan = FileScan.of(files, table, Optional.empty())) {
            while (scan.hasNext()) {
                bytes += scan.next().getSize();
            }
        }
        if (bytes > settings.upsertLimit().bytes()) {
            throw MillraceException.user("the Delta table " + files.root() + " holds " + (bytes >> 20)
                    + " MB, and upsert_limit is " + settings.upsertLimit()
                    + ": an upsert may have to write all of it anew in this process. Use engine: spark, or raise"
                    + " upsert_limit");
        }
    }

    /** Files that lose rows are written anew with all their columns. */
    private void checkColumn(StructField column) {
        Optional<DataType> type = TableSchema.ours(column.getDataType());
        boolean same = type.isPresent()
                && TableSchema.delta(Field.of(column.getName(), type.get()))
                        .getDataType()
                        .equivalent(column.getDataType());
        if (!same) {
            throw MillraceException.user(
                    "the Delta table " + files.root() + " has column '" + column.getName() + "' of "
                            + column.getDataType().toString().toLowerCase(Locale.ROOT)
                            + ", which an upsert cannot write anew unchanged here; use engine: spark");
        }
    }

    /** Counts rows that were staged. */
    void add(long more) {
        if (rows.addAndGet(more) > MOST_ROWS) {
            throw MillraceException.user("an upsert takes at most " + MOST_ROWS
                    + " rows a run here, because it holds their keys in memory; use engine: spark, or smaller windows");
        }
    }
}
