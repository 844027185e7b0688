package io.millrace.core.lineage;

import io.millrace.api.data.Schema;

/** A row transform that knows what its columns come from. Of one that does not, everything may come from everything. */
public interface Traced {
    /**
     * What comes from what.
     *
     * @param input that it was bound to
     * @param output of that binding
     */
    StepLineage lineage(Schema input, Schema output);
}
