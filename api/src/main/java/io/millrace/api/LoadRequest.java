package io.millrace.api;

import io.millrace.api.data.Schema;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run is about to load.
 *
 * @param schema of the batches that will come
 * @param window that the run was asked for; empty: everything, or an increment
 * @param asOf the moment that the data speaks of: the window's end, otherwise when the run's first attempt began. Later
 *     attempts at the run say the same.
 */
public record LoadRequest(Schema schema, Lineage lineage, Optional<TimeWindow> window, Instant asOf)
        implements Serializable {}
