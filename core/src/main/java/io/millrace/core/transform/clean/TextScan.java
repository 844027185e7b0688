package io.millrace.core.transform.clean;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes at a time for anything that cleaning might change: control characters, two spaces in a row, and
 * beyond ASCII the first bytes of characters that may be white space or control characters, which are then looked at one
 * by one. It may be wrong in that direction only.
 */
final class TextScan {
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080808080808080L;
    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;
    private static final long ONES = 0x0101010101010101L;
    private static final long SPACES = 0x2020202020202020L;
    private static final long UP_TO_SPACE = 0x6060606060606060L;
    /** Begins U+0080 to U+00BF. */
    private static final long LEAD_C2 = 0xc2c2c2c2c2c2c2c2L;
    /** What the bytes e0 to e3, which begin U+0800 to U+3FFF, have in common in their upper six bits. */
    private static final long LEADS_E0 = 0xe0e0e0e0e0e0e0e0L;

    private static final long UPPER_SIX = 0xfcfcfcfcfcfcfcfcL;
    private static final long HARMLESS = 0x6161616161616161L;

    private TextScan() {}

    /**
     * The start of the first word of eight bytes, counted from {@code from}, in which something is suspicious; {@code to}
     * (exclusive) where nothing is. Cell borders play no part.
     */
    static int firstSuspicious(byte[] data, int from, int to) {
        long spaceBefore = 0;
        int at = from;
        for (; at <= to - 8; at += 8) {
            long word = (long) LONGS.get(data, at);
            long spaces = spaces(word);
            if (isSuspicious(word, spaces, spaceBefore)) {
                return at;
            }
            spaceBefore = spaces >>> 56;
        }
        if (at < to) {
            long word = tail(data, at, to);
            if (isSuspicious(word, spaces(word), spaceBefore)) {
                return at;
            }
        }
        return to;
    }

    private static boolean isSuspicious(long word, long spaces, long spaceBefore) {
        long low = word & LOW;
        long control = (low + ONES | ~(low + UP_TO_SPACE)) & ~word;
        long twoSpaces = spaces & (spaces << 8 | spaceBefore);
        return ((control | twoSpaces) & HIGH) != 0 || (word & HIGH) != 0 && leadsBeyondAscii(word);
    }

    private static boolean leadsBeyondAscii(long word) {
        return (zeros(word ^ LEAD_C2) | zeros(word & UPPER_SIX ^ LEADS_E0)) != 0;
    }

    private static long spaces(long word) {
        return zeros(word ^ SPACES);
    }

    /** The high bit of each byte that is zero: no sum carries into the next byte. */
    private static long zeros(long word) {
        return ~((word & LOW) + LOW | word) & HIGH;
    }

    /** The last one to seven bytes, filled up with letters. */
    private static long tail(byte[] data, int at, int to) {
        int bits = (to - at) * 8;
        if (at + 8 <= data.length) {
            long mask = (1L << bits) - 1;
            return (long) LONGS.get(data, at) & mask | HARMLESS & ~mask;
        }
        long word = HARMLESS << bits;
        for (int i = at; i < to; i++) {
            word |= (data[i] & 0xffL) << (i - at) * 8;
        }
        return word;
    }
}
