package io.millrace.core.step;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.transform.deduplicate.ClaimTable;

/** Keeps the rows whose key an attempt's ticket claims first. */
record DeduplicateRows(Schema output, ClaimTable.Ticket ticket) implements BoundTransform {
    @Override
    public Batch apply(Batch input, Rejects rejects) {
        Selection kept = ticket.claim(input);
        rejects.deduplicated(input.rowCount() - kept.count());
        return input.select(kept);
    }
}
