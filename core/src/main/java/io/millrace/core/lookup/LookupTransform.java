package io.millrace.core.lookup;

import io.millrace.api.Transform;

/** A row transform that binds to a look-up, which its run prepares before. Immutable. */
public interface LookupTransform extends Transform {
    /** What {@link #bind} asks its context for, by the request's name. */
    LookupRequest request();

    /** The same transform with this request in place of its own. */
    LookupTransform with(LookupRequest request);
}
