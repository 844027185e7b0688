package io.millrace.connectors.delta;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.Row;
import io.millrace.api.CommitId;
import io.millrace.api.CommitResult;
import io.millrace.api.ErrorKind;
import io.millrace.api.Failpoint;
import io.millrace.api.MillraceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The one commit of a run: its files in, what they replace out, and the name by which a second attempt knows it. */
record RunCommit(TableFiles files, CommitId id, List<DataFile> added, TableChange change) {
    CommitResult run() {
        DeltaTable table = new DeltaTable(files);
        TransactionName name = new TransactionName(files, id);
        Fences fences = new Fences(files.storage(), id.lineage());
        Commits commits = new Commits(files);
        for (int attempt = 1; ; attempt++) {
            Snapshot snapshot = table.require();
            if (name.isCommitted(snapshot)) {
                return CommitResult.ALREADY_COMMITTED;
            }
            fences.require(id.fence());
            if (attempt == 1) {
                requireFiles();
            }
            if (attempt(snapshot, name, commits)) {
                return CommitResult.COMMITTED;
            }
            commits.pause(attempt);
        }
    }

    private boolean attempt(Snapshot snapshot, TransactionName name, Commits commits) {
        try {
            List<Row> actions = new ArrayList<>(name.moreActions(snapshot));
            actions.addAll(change.actions(snapshot, added));
            Transaction transaction = snapshot.buildUpdateTableTransaction(DeltaLoader.WRITER, Operation.WRITE)
                    .withTransactionId(name.application(), id.sequence())
                    .withMaxRetries(0)
                    .build(files.engine());
            Failpoint.MID_COMMIT.reached();
            boolean done = commits.attempt(transaction, actions);
            Failpoint.MID_COMMIT.reached();
            return done;
        } catch (RuntimeException failure) {
            return resolved(name, KernelFailure.of("cannot commit to", files.root(), failure));
        }
    }

    /** Looks whether a commit that ended in a failure was done after all. */
    private boolean resolved(TransactionName name, MillraceException failure) {
        if (failure.kind() != ErrorKind.UNAVAILABLE) {
            throw failure;
        }
        boolean done;
        try {
            done = name.isCommitted(new DeltaTable(files).require());
        } catch (RuntimeException stillAway) {
            failure.addSuppressed(stillAway);
            throw new MillraceException(
                    ErrorKind.COMMIT_UNKNOWN,
                    failure.getMessage()
                            + "; whether the commit is in the log could not be found out. Run again: what is"
                            + " in the log is not written twice",
                    failure);
        }
        if (!done) {
            throw failure;
        }
        return true;
    }

    private void requireFiles() {
        Map<String, Long> sizes = new HashMap<>();
        if (!added.isEmpty()) {
            files.storage()
                    .list(TableFiles.data(id.lineage()))
                    .forEachRemaining(object -> sizes.put(object.key(), object.size()));
        }
        for (DataFile file : added) {
            if (sizes.getOrDefault(file.key(), -1L) != file.bytes()) {
                throw new MillraceException(
                        ErrorKind.STALE,
                        "the staged file " + files.storage().nameOf(file.key())
                                + " is gone or has another size; start the run anew with --restart");
            }
        }
    }
}
