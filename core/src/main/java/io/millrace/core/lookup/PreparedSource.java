package io.millrace.core.lookup;

import java.util.List;

/** A look-up of a run on its way: known by its columns first, then by its rows. */
sealed interface PreparedSource permits PinnedTable, KeyedServer {
    /** For one thread; asks whether it exists where nothing is known yet. */
    PreparedLookup open();

    /** What is counted of it in this process. */
    LookupCounter counter();

    /** What a user should know, one sentence each. */
    List<String> warnings();
}
