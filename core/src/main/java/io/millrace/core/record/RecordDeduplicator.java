package io.millrace.core.record;

import io.millrace.api.data.Schema;
import io.millrace.core.transform.Deduplicate;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Deduplication of records in memory: true for the first record of each key. One thread. */
public final class RecordDeduplicator {
    private final Deduplicate step;
    private final Schema schema;
    private Ticket ticket;

    /** For records of this schema; a user error where it lacks a key column. */
    public RecordDeduplicator(Deduplicate step, Schema schema) {
        this.step = step;
        this.schema = schema;
        reset();
    }

    /** Whether no record with this one's key was seen before. */
    public boolean isFirst(Map<String, ?> record) {
        return ticket.claim(RecordSchema.batch(schema, List.of(record))).count() == 1;
    }

    /** Forgets all keys. */
    public void reset() {
        long seed = new SecureRandom().nextLong();
        ticket = step.claimTable(schema, seed, ClaimTable.defaultMemoryLimit()).open("records", 1);
    }
}
