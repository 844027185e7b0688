package io.millrace.core.lookup;

import io.millrace.api.ConnectorContext;
import io.millrace.api.Transform;
import java.util.List;
import java.util.stream.IntStream;

/** A row transform that binds to look-ups, which its run prepares before. Immutable. */
public interface LookupTransform extends Transform {
    /** What {@link #bind} asks its context for, by the requests' names. */
    List<LookupRequest> requests();

    /** The same transform with these requests in place of its own, one for each. */
    LookupTransform with(List<LookupRequest> requests);

    /** The same transform whose requests bear the name of a step of this label; several of them are numbered. */
    default LookupTransform labelled(String label) {
        List<LookupRequest> own = requests();
        return with(IntStream.range(0, own.size())
                .mapToObj(i -> own.get(i).named(own.size() == 1 ? label : label + "." + (i + 1)))
                .toList());
    }

    /** The same transform with what its connectors need to know. */
    default LookupTransform connected(ConnectorContext context) {
        return with(
                requests().stream().map(request -> request.connected(context)).toList());
    }
}
