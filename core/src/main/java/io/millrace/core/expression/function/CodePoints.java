package io.millrace.core.expression.function;

/** Code points of valid UTF-8. */
final class CodePoints {
    private CodePoints() {}

    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (bytes[i] & 0xc0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    /** The place behind the code point that begins here. */
    static int after(byte[] bytes, int at, int to) {
        int end = at + 1;
        while (end < to && (bytes[end] & 0xc0) == 0x80) {
            end++;
        }
        return end;
    }

    /** The place of the code point with this number, counted from 0; {@code to} where there are not so many. */
    static int place(byte[] bytes, int from, int to, long number) {
        int at = from;
        for (long i = 0; i < number && at < to; i++) {
            at = after(bytes, at, to);
        }
        return at;
    }

    /** The place of the code point that begins before this place. */
    static int before(byte[] bytes, int from, int at) {
        int start = at - 1;
        while (start > from && (bytes[start] & 0xc0) == 0x80) {
            start--;
        }
        return start;
    }
}
