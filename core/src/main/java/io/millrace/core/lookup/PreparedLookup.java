package io.millrace.core.lookup;

import io.millrace.api.Lookup;
import io.millrace.api.data.Schema;

/** A look-up that knows the types of its keys. */
public interface PreparedLookup extends Lookup {
    /**
     * The columns of the other table that keys (and, of versions, the validity) may be compared with. A key that is not among
     * them is the connector's to judge.
     */
    Schema keys();

    /** What is looked up in, for messages; no secrets. */
    String describe();
}
