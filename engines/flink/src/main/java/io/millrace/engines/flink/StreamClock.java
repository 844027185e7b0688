package io.millrace.engines.flink;

/** How far the time that keyed steps go by has come. One thread. */
interface StreamClock {
    /** Microseconds; Long.MIN_VALUE before the first watermark. */
    long now();

    /** Rounded up, so that the clock has passed what was asked for. */
    static long millis(long micros) {
        return -Math.floorDiv(-micros, 1_000L);
    }

    /** Rounded up, so that fewer moments are to be kept. */
    static long wholeSeconds(long millis) {
        return -Math.floorDiv(-millis, 1_000L) * 1_000L;
    }
}
