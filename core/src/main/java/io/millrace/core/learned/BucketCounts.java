package io.millrace.core.learned;

/**
 * Counts finite float64 values in buckets that are 1/512 of a power of two wide: by sign, exponent and the first nine bits of
 * the fraction. A value's bucket depends on the value alone, so the counts are a function of the multiset. One thread.
 *
 * <p>Made for one column of very many values: a place for each bucket, in pages. (The measure approx_quantile has coarser ones,
 * for very many groups of few values.)
 */
final class BucketCounts {
    private static final int KEPT_BITS = 9;
    private static final int CUT_BITS = 52 - KEPT_BITS;
    private static final int PAGE = 1 << KEPT_BITS;
    private static final int PAGES = 1 << 12;
    private static final int NEGATIVE = PAGES * PAGE / 2;

    /** A page for each sign and exponent, made when its first value comes. */
    private final long[][] pages = new long[PAGES][];

    private long count;

    void add(double value) {
        add(bucketOf(value), 1);
    }

    private void add(int bucket, long times) {
        long[] page = pages[bucket >>> KEPT_BITS];
        if (page == null) {
            page = new long[PAGE];
            pages[bucket >>> KEPT_BITS] = page;
        }
        page[bucket & PAGE - 1] += times;
        count += times;
    }

    void merge(BucketCounts other) {
        for (int bucket = 0; bucket < PAGES * PAGE; bucket++) {
            long[] page = other.pages[bucket >>> KEPT_BITS];
            if (page == null) {
                bucket |= PAGE - 1;
            } else if (page[bucket & PAGE - 1] > 0) {
                add(bucket, page[bucket & PAGE - 1]);
            }
        }
    }

    long count() {
        return count;
    }

    /** The number of values whose bucket comes before the one of {@code edge}. */
    long countBelow(double edge) {
        int end = bucketOf(edge);
        long below = 0;
        for (int place = 0; place < PAGES * PAGE; place++) {
            int bucket = atPlace(place);
            long[] page = pages[bucket >>> KEPT_BITS];
            if (bucket == end) {
                return below;
            }
            below += page == null ? 0 : page[bucket & PAGE - 1];
        }
        return below;
    }

    /** The bucket that holds the value of this rank, counted from 0 upwards. */
    int bucketOfRank(long rank) {
        long before = 0;
        for (int place = 0; place < PAGES * PAGE; place++) {
            int bucket = atPlace(place);
            long[] page = pages[bucket >>> KEPT_BITS];
            before += page == null ? 0 : page[bucket & PAGE - 1];
            if (before > rank) {
                return bucket;
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + count);
    }

    /** The least value that a bucket can hold. */
    static double least(int bucket) {
        return bucket < NEGATIVE ? near(bucket) : -far(bucket - NEGATIVE);
    }

    /** The least value of the bucket that follows the one of {@code edge}. */
    static double leastAfter(double edge) {
        int bucket = bucketOf(edge);
        if (bucket < NEGATIVE) {
            return least(bucket + 1);
        }
        return bucket == NEGATIVE ? 0 : least(bucket - 1);
    }

    /** The middle of a bucket; zero for the one that holds it. */
    static double middle(int bucket) {
        int magnitude = bucket < NEGATIVE ? bucket : bucket - NEGATIVE;
        double middle = magnitude == 0 ? 0 : near(magnitude) / 2 + far(magnitude) / 2;
        return bucket < NEGATIVE || magnitude == 0 ? middle : -middle;
    }

    private static double near(int magnitude) {
        return Double.longBitsToDouble((long) magnitude << CUT_BITS);
    }

    private static double far(int magnitude) {
        return Double.longBitsToDouble(((long) magnitude << CUT_BITS) + (1L << CUT_BITS) - 1);
    }

    private static int bucketOf(double value) {
        return (int) (Double.doubleToRawLongBits(value) >>> CUT_BITS);
    }

    /** Buckets in the order of their values: the negative ones backwards, then the others. */
    private static int atPlace(int place) {
        return place < NEGATIVE ? PAGES * PAGE - 1 - place : place - NEGATIVE;
    }
}
