package io.millrace.core.stream;

import io.millrace.api.Counts;

/**
 * What the keyed steps of a stream count, beside its rows.
 *
 * @param groups what became of the groups, where a step makes them: extracted are all that were given out
 * @param late rows that came after the watermark and the allowed lateness; they are among the rejected ones
 * @param waiting rows that a keyed step holds until the watermark has passed them; they are in no other count yet
 * @param corrections rows that came when groups they belong to were final, and change them; they are among the loaded ones
 */
public record KeyedCounts(Counts groups, long late, long waiting, long corrections) {
    public static final KeyedCounts NONE = new KeyedCounts(Counts.ZERO, 0, 0, 0);

    /** Without corrections. */
    public KeyedCounts(Counts groups, long late, long waiting) {
        this(groups, late, waiting, 0);
    }

    public KeyedCounts plus(KeyedCounts other) {
        return new KeyedCounts(
                groups.plus(other.groups), late + other.late, waiting + other.waiting, corrections + other.corrections);
    }

    /** True where with these every extracted row, and every group, is accounted for. */
    public boolean balance(Counts rows) {
        long known = rows.loaded() + rows.filtered() + rows.deduplicated() + rows.rejected();
        return rows.extracted() == known + waiting && groups.balanced();
    }
}
