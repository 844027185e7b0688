package io.millrace.connectors.postgres;

import java.util.Optional;

/**
 * How many rows make a split. Large ones cost less: at the end of each its file is forced to the disk. Small ones lose less
 * at a crash, and keep all workers busy to the end.
 *
 * @param declared by the user
 */
record SplitSize(Optional<Long> declared) {
    private static final long LEAST = 500_000;
    private static final long MOST = 4_000_000;

    /** Into how many splits so many of {@code total} rows are cut; at least one. */
    long splits(long rows, long total) {
        // Rounded up: a rest of a few rows would make one more split, and leave all workers but one idle at the end.
        long size = declared.orElseGet(() -> Math.max(
                LEAST, Math.min(MOST, ceiling(total, 2L * Runtime.getRuntime().availableProcessors()))));
        return Math.max(1, ceiling(rows, size));
    }

    private static long ceiling(long rows, long parts) {
        return (rows + parts - 1) / parts;
    }
}
