package io.millrace.core.transform;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.ByteSize;
import io.millrace.api.Transform;
import io.millrace.api.data.Schema;
import io.millrace.core.transform.deduplicate.ClaimTable;
import io.millrace.core.transform.deduplicate.Ticket;
import java.util.List;

/**
 * A row transform that must know which keys other rows of the run have, wherever these are read. Bound without tickets, it
 * knows only the rows that come to it.
 */
public interface ClaimingTransform extends Transform {
    /** How many claim tables it needs; mostly none. */
    int claims();

    /** The columns whose values each of its claim tables compares, in the order of the tables. */
    List<List<String>> claimedKeys();

    /**
     * Transforms that one after another do the same, each of which compares rows by one key at most: for engines that bring
     * rows together instead of keeping tables.
     */
    List<ClaimingTransform> parts();

    /** Whether a row is rejected because another has claimed its key before. */
    boolean rejects();

    /** Empty tables for rows of this schema, which all workers of a run share. See {@link ClaimTable}. */
    List<ClaimTable> claimTables(Schema input, long seed, ByteSize memoryLimit);

    /** Binds for one attempt; {@code tickets} are of its claim tables, in their order. */
    BoundTransform bind(Schema input, BindContext context, List<Ticket> tickets);
}
