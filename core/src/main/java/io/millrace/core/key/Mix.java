package io.millrace.core.key;

/** Spreads the bits of a long over all of them (the finalizer of SplitMix64): a permutation, no two longs become one. */
public final class Mix {
    public static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Mix() {}

    public static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
