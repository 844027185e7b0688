package io.millrace.connectors.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.actions.SingleAction;
import io.millrace.api.CommitId;
import io.millrace.api.Lineage;
import java.util.List;
import java.util.Optional;

/**
 * What the log knows a commit by: an application id, for each run its own, and a version. The log keeps the latest version of
 * an id only, so that a counter shared by runs would take a run that is resumed late for one that is done.
 */
record TransactionName(TableFiles files, CommitId id) {
    /** The id of all commits of a lineage; of a batch run that is one. */
    static String lineage(Lineage lineage) {
        return "millrace/" + lineage.pipeline() + "/" + lineage.id();
    }

    String application() {
        String lineage = lineage(id.lineage());
        return id.unit().equals(id.lineage().id()) ? lineage : lineage + "/" + id.unit();
    }

    boolean isCommitted(Snapshot table) {
        return table.getLatestTransactionVersion(files.engine(), application())
                .filter(version -> version >= id.sequence())
                .isPresent();
    }

    /** Where a lineage has units, its last sequence besides. */
    List<Row> moreActions(Snapshot table) {
        String lineage = lineage(id.lineage());
        Optional<Long> last = table.getLatestTransactionVersion(files.engine(), lineage);
        if (application().equals(lineage) || last.orElse(Long.MIN_VALUE) >= id.sequence()) {
            return List.of();
        }
        return List.of(SingleAction.createTxnSingleAction(
                new SetTransaction(lineage, id.sequence(), Optional.of(System.currentTimeMillis())).toRow()));
    }
}
