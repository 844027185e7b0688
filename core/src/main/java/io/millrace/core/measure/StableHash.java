package io.millrace.core.measure;

import io.millrace.core.key.XxHash64;

/** The hashes of measures: one that may never change, and one for tables of one process. */
final class StableHash {
    /** The seed of approximate measures, on every engine, for ever: their results and stored states depend on it. */
    static final long SKETCH_SEED = 0x6d696c6c72616365L;

    private static final long ODD_1 = 0xc2b2ae3d27d4eb4fL;
    private static final long ODD_2 = 0x165667b19e3779f9L;

    private StableHash() {}

    /** XXH64 of some bytes. With {@link #SKETCH_SEED} over canonical bytes it is the one hash of all approximate measures. */
    static long hash(byte[] data, int from, int size, long seed) {
        return XxHash64.hash(data, from, from + size, seed);
    }

    /** Spreads the bits of a number for hash tables of one process; not XXH64 of anything. */
    static long mix(long value, long seed) {
        long mixed = (value ^ seed) * ODD_1;
        mixed = (mixed ^ mixed >>> 32) * ODD_2;
        return mixed ^ mixed >>> 29;
    }
}
