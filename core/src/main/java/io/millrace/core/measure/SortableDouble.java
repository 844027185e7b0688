package io.millrace.core.measure;

/** Doubles as longs of the same order: -Infinity, …, 0.0 (and -0.0), …, Infinity, NaN. */
final class SortableDouble {
    private SortableDouble() {}

    static long toLong(double value) {
        // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits knows one NaN, which is above Infinity.
        return flip(Double.doubleToLongBits(value + 0.0));
    }

    /** With -0.0 before 0.0. */
    static long toLongWithZeros(double value) {
        return flip(Double.doubleToLongBits(value));
    }

    static double toDouble(long sortable) {
        return Double.longBitsToDouble(flip(sortable));
    }

    /** Negative numbers sort backwards by their bits. Its own inverse. */
    private static long flip(long bits) {
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
}
