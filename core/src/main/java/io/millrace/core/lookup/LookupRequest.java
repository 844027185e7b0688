package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.ConnectorContext;
import io.millrace.core.lineage.Origin;
import java.util.List;
import java.util.Optional;

/**
 * What a step wants to look up, which its run prepares.
 *
 * @param name of the step within its pipeline, by which binding asks for it and its file is called
 * @param keys the other table's key columns
 * @param validity where the other table holds versions of each key
 * @param columns wanted in the answers, each once; empty: all but keys and validity
 * @param existenceOnly whether it only matters that a key is there: answers have no columns, a key may occur any number of
 *     times, and the step itself tells how many were not there
 * @param memory the most that a table read whole may take; empty: a part of the heap
 * @param cache of answers to single keys
 * @param context for the connector; empty until the step has become part of a job
 */
public record LookupRequest(
        String name,
        LookupSource source,
        List<String> keys,
        Optional<Validity> validity,
        List<String> columns,
        boolean existenceOnly,
        Optional<ByteSize> memory,
        CacheSettings cache,
        Optional<ConnectorContext> context) {
    public LookupRequest {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    /** The same for a step of another name. */
    public LookupRequest named(String other) {
        return new LookupRequest(other, source, keys, validity, columns, existenceOnly, memory, cache, context);
    }

    /** The same with what its connector needs to know. */
    public LookupRequest connected(ConnectorContext known) {
        return new LookupRequest(
                name, source, keys, validity, columns, existenceOnly, memory, cache, Optional.of(known));
    }

    /** The origin of what is taken from a column of the table. */
    public Origin.LookedUp origin(String column) {
        return new Origin.LookedUp(name, source.connector(), column, source instanceof LookupSource.Whole);
    }

    ConnectorContext requireContext() {
        return context.orElseThrow(
                () -> new IllegalStateException("the look-up '" + name + "' is not connected to a job"));
    }
}
