package io.millrace.core.lookup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Compares and copies texts that are mostly short, eight bytes at a time and without a call for each: where they lie all over
 * the memory, the processor can then fetch several of them at once.
 */
final class ShortBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SHORT = 64;

    private ShortBytes() {}

    /** Whether two parts of arrays hold the same. */
    static boolean equal(byte[] one, int from, int to, byte[] other, int otherFrom, int otherTo) {
        int length = to - from;
        if (length != otherTo - otherFrom) {
            return false;
        }
        if (length < Long.BYTES || length > SHORT) {
            return Arrays.equals(one, from, to, other, otherFrom, otherTo);
        }
        // The last eight bytes may be some that have been compared.
        int last = length - Long.BYTES;
        long differ = (long) LONGS.get(one, from + last) ^ (long) LONGS.get(other, otherFrom + last);
        for (int at = 0; at < last; at += Long.BYTES) {
            differ |= (long) LONGS.get(one, from + at) ^ (long) LONGS.get(other, otherFrom + at);
        }
        return differ == 0;
    }

    /** Fills {@code target} without a gap: text i begins at {@code starts[i]}, and goes from {@code to[i]} to {@code to[i + 1]}. */
    static void copyAll(byte[] source, int[] starts, byte[] target, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            int at = to[i];
            int length = to[i + 1] - at;
            int start = starts[i];
            int whole = length + Long.BYTES - 1 & -Long.BYTES;
            if (length > SHORT || target.length - at < whole || source.length - start < whole) {
                System.arraycopy(source, start, target, at, length);
            } else {
                // What is copied beyond the text's end is overwritten by the next one.
                for (int done = 0; done < length; done += Long.BYTES) {
                    LONGS.set(target, at + done, (long) LONGS.get(source, start + done));
                }
            }
        }
    }
}
