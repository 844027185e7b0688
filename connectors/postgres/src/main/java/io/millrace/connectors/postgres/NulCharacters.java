package io.millrace.connectors.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** U+0000, which no text of PostgreSQL can hold: such rows are rejected, never changed silently. */
final class NulCharacters {
    static final String REASON = "a NUL character (U+0000), which PostgreSQL cannot store";

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private NulCharacters() {}

    static boolean isIn(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - 8; at += 8) {
            long word = (long) WORD.get(bytes, at);
            // A byte's high bit is set by the subtraction, and was not set before, only where it or one below is zero.
            if ((word - LOW_BITS & ~word & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == 0) {
                return true;
            }
        }
        return false;
    }
}
