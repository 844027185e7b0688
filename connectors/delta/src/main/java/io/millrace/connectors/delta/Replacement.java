package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import java.util.List;

/** What a commit does to the files that are there already. Asked anew whenever another writer was faster. */
@FunctionalInterface
interface Replacement {
    /** @param added the run's own files */
    List<Row> actions(Snapshot table, List<DataFile> added);
}
