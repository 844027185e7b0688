package io.millrace.api;

import java.io.Serializable;

/**
 * Where rows went: {@code extracted = loaded + filtered + deduplicated + rejected} when a run has ended.
 *
 * @param extracted source rows read, those included that were rejected while being decoded
 * @param transformed rows that came out of the transforms and were given to the loader
 * @param loaded rows that the target holds
 * @param filtered rows that a filter or a {@code drop_row} policy left out
 * @param deduplicated rows left out because another row of their key was kept
 * @param rejected rows stored with a reason
 */
public record Counts(long extracted, long transformed, long loaded, long filtered, long deduplicated, long rejected)
        implements Serializable {
    public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                extracted + other.extracted,
                transformed + other.transformed,
                loaded + other.loaded,
                filtered + other.filtered,
                deduplicated + other.deduplicated,
                rejected + other.rejected);
    }

    /** True where every extracted row is accounted for. */
    public boolean balanced() {
        return extracted == loaded + filtered + deduplicated + rejected;
    }
}
