package io.millrace.connectors.postgres;

import java.time.Duration;
import java.util.List;

/**
 * By the time column: rows from so long before the newest one of the previous run, less those whose key was there by then.
 * For what has no row versions that we could read.
 */
record ByOverlap(Duration overlap, List<String> key) implements Incremental {
    ByOverlap {
        key = List.copyOf(key);
    }
}
