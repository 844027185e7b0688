package io.millrace.sandbox;

/**
 * Draws ids 1 to n so that few are drawn often (Zipf's law), by Walker's alias method: one draw costs the same for any n.
 * The popular ids are spread over the whole range.
 */
final class Popularity {
    private final double[] keep;
    private final int[] alias;
    private final int stride;

    Popularity(int size, double exponent) {
        keep = new double[size];
        alias = new int[size];
        stride = strideCoprimeTo(size);
        double total = 0;
        for (int rank = 0; rank < size; rank++) {
            keep[rank] = StrictMath.pow(rank + 1.0, -exponent);
            total += keep[rank];
        }
        fill(total / size);
    }

    private void fill(double mean) {
        int size = keep.length;
        int[] order = new int[size];
        int small = 0;
        int large = size;
        for (int rank = 0; rank < size; rank++) {
            keep[rank] /= mean;
            order[keep[rank] < 1 ? small++ : --large] = rank;
        }
        while (small > 0 && large < size) {
            int poor = order[--small];
            int rich = order[large];
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            if (keep[rich] < 1) {
                large++;
                order[small++] = rich;
            }
        }
        while (small > 0) {
            keep[order[--small]] = 1;
        }
        while (large < size) {
            keep[order[large++]] = 1;
        }
    }

    int next(RandomNumbers random) {
        int rank = random.nextInt(keep.length);
        int drawn = random.nextDouble() < keep[rank] ? rank : alias[rank];
        return (int) ((long) drawn * stride % keep.length) + 1;
    }

    /** 7919 is prime, so its multiples reach every id unless it divides the size. */
    private static int strideCoprimeTo(int size) {
        return size % 7919 == 0 ? 1 : 7919;
    }
}
