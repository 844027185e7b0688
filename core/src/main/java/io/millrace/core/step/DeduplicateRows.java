package io.millrace.core.step;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.deduplicate.Ticket;

/** Keeps the rows whose key an attempt's ticket claims first. */
record DeduplicateRows(Schema output, Ticket ticket) implements BoundTransform {
    @Override
    public Batch apply(Batch input, Rejects rejects) {
        return ticket.apply(input, rejects);
    }
}
