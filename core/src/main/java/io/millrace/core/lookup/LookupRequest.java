package io.millrace.core.lookup;

import io.millrace.api.ByteSize;
import io.millrace.api.ConnectorContext;
import java.util.List;
import java.util.Optional;

/**
 * What a step wants to look up, which its run prepares.
 *
 * @param name of the step within its pipeline, by which binding asks for it and its file is called
 * @param keys the other table's key columns
 * @param validity where the other table holds versions of each key
 * @param columns wanted in the answers, each once; empty: all but keys and validity
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
        Optional<ByteSize> memory,
        CacheSettings cache,
        Optional<ConnectorContext> context) {
    public LookupRequest {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    /** The same for a step of another name. */
    public LookupRequest named(String other) {
        return new LookupRequest(other, source, keys, validity, columns, memory, cache, context);
    }

    /** The same with what its connector needs to know. */
    public LookupRequest connected(ConnectorContext known) {
        return new LookupRequest(name, source, keys, validity, columns, memory, cache, Optional.of(known));
    }

    ConnectorContext requireContext() {
        return context.orElseThrow(
                () -> new IllegalStateException("the look-up '" + name + "' is not connected to a job"));
    }
}
