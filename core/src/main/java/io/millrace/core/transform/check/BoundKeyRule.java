package io.millrace.core.transform.check;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Selection;
import io.millrace.core.transform.Verdicts;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.function.Supplier;

/** A key rule with its part in the run's claims. */
record BoundKeyRule(KeyRule rule, int[] positions, Supplier<Ticket> ticket, RuleTally tally) implements BoundRule {
    @Override
    public void reject(Batch batch, Verdicts verdicts) {
        Selection keyed = keyed(batch, verdicts);
        Selection first = claim(batch, keyed);
        for (int place = 0, claimed = 0; place < keyed.count(); place++) {
            if (claimed < first.count() && first.row(claimed) == place) {
                claimed++;
            } else {
                verdicts.reject(keyed.row(place), rule.key().get(0), Unique.REASON);
            }
        }
        tally.count(keyed.count(), keyed.count() - first.count());
    }

    @Override
    public void count(Batch batch) {
        Selection keyed = keyed(batch, null);
        int first = claim(batch, keyed).count();
        tally.count(keyed.count(), rule.countsFirst() ? first : keyed.count() - first);
    }

    /** Those of the keyed rows, by their place among them, whose key no other row has claimed. */
    private Selection claim(Batch batch, Selection keyed) {
        return keyed.count() == 0 ? keyed : ticket.get().claim(batch.select(keyed));
    }

    private Selection keyed(Batch batch, Verdicts verdicts) {
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            rows[count] = row;
            count += verdicts != null && verdicts.isGone(row) || anyNull(batch, row) ? 0 : 1;
        }
        return Selection.of(rows, count);
    }

    private boolean anyNull(Batch batch, int row) {
        for (int position : positions) {
            if (batch.column(position).isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
