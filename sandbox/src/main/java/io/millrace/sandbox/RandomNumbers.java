package io.millrace.sandbox;

/** The SplitMix64 generator, written out so that the same seed gives the same numbers on every Java. Not thread-safe. */
final class RandomNumbers {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    RandomNumbers(long seed) {
        state = seed;
    }

    void reseed(long seed) {
        state = seed;
    }

    long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in [0, bound) but for a bias below bound / 2^32. */
    int nextInt(int bound) {
        return (int) ((nextLong() >>> 32) * bound >>> 32);
    }

    /** Uniform in [0, 1). */
    double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return nextDouble() < probability;
    }

    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
