package io.millrace.bench;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A way from a source to a target, and what bounds it: a limit for the whole process, and one for a process that is warm,
 * which may be the same. Whoever closes it ends its servers.
 */
interface Route extends AutoCloseable {
    String name();

    /** What the limit is, in a few words. */
    String limitedBy();

    /** The share of the limit that is to be reached. */
    double goal();

    /** What the programs find in their environment. */
    Map<String, String> variables() throws Exception;

    /** Makes the targets as they were before any program ran. */
    void reset() throws Exception;

    Entrant limit();

    Entrant warmLimit();

    /** Millrace, with one worker, from the start of the launcher to its end. */
    Entrant whole();

    /** Millrace's second run in one process. */
    Entrant warm();

    /** Each program once, in the order in which they run. */
    default Set<Entrant> entrants() {
        Set<Entrant> all = new LinkedHashSet<>();
        all.add(limit());
        all.add(warmLimit());
        all.add(whole());
        all.add(warm());
        return all;
    }

    @Override
    void close() throws SQLException;
}
