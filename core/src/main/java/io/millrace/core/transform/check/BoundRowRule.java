package io.millrace.core.transform.check;

import io.millrace.api.data.Batch;
import io.millrace.core.transform.Verdicts;

/** A row rule at its column. */
record BoundRowRule(RowRule rule, int position, ValueTest test, RuleTally tally) implements BoundRule {
    @Override
    public void reject(Batch batch, Verdicts verdicts) {
        int rows = batch.rowCount();
        int before = verdicts.gone();
        test.begin(batch.column(position));
        if (test.needed()) {
            for (int row = 0; row < rows; row++) {
                if (!verdicts.isGone(row)) {
                    String reason = test.test(row);
                    if (reason != null) {
                        verdicts.reject(row, rule.column(), reason);
                    }
                }
            }
        }
        tally.count(rows - before, verdicts.gone() - before);
    }

    @Override
    public void count(Batch batch) {
        int rows = batch.rowCount();
        int broken = 0;
        test.begin(batch.column(position));
        if (test.needed()) {
            for (int row = 0; row < rows; row++) {
                broken += test.test(row) == null ? 0 : 1;
            }
        }
        tally.count(rows, broken);
    }
}
