package io.millrace.core.coordinator;

import io.millrace.api.PieceResult;
import io.millrace.api.Split;
import io.millrace.core.engine.PieceRecorder;
import io.millrace.core.ledger.Lease;
import io.millrace.core.ledger.Ledger;

/** Enters the results of a run's pieces in its ledger. */
record LedgerRecorder(Ledger ledger, Lease lease, String runId) implements PieceRecorder {
    @Override
    public void keep(PieceResult result) {
        ledger.keepFiles(lease, runId, result);
    }

    @Override
    public boolean record(Split split, PieceResult result) {
        return ledger.staged(lease, runId, split.id(), result);
    }
}
