package io.millrace.api.data;

/**
 * Where a batch's rows come from: row {@code i} is number {@code ordinal(i)} of the split's rows, counted from 0 in the
 * order in which the source delivers them. Used for reject messages, never for ordering. Immutable.
 */
public final class Origin {
    private final String splitId;
    private final long base;
    private final int[] ordinals;

    private Origin(String splitId, long base, int[] ordinals) {
        this.splitId = splitId;
        this.base = base;
        this.ordinals = ordinals;
    }

    /** Rows numbered consecutively from {@code base}. */
    public static Origin of(String splitId, long base) {
        return new Origin(splitId, base, null);
    }

    /** Rows numbered {@code base + ordinals[i]}: the reader left some out, and hands the array over. */
    public static Origin of(String splitId, long base, int[] ordinals) {
        return new Origin(splitId, base, ordinals);
    }

    public String splitId() {
        return splitId;
    }

    /** The number of a row within its split. */
    public long ordinal(int row) {
        return base + (ordinals == null ? row : ordinals[row]);
    }

    Origin select(Selection selection) {
        int[] selected = new int[selection.count()];
        for (int i = 0; i < selected.length; i++) {
            int row = selection.row(i);
            selected[i] = ordinals == null ? row : ordinals[row];
        }
        return new Origin(splitId, base, selected);
    }
}
