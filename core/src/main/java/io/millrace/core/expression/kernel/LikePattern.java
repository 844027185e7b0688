package io.millrace.core.expression.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A pattern of LIKE over UTF-8: {@code %} is any text, {@code _} one code point, everything else itself. Matching takes time in
 * proportion to text times pattern at most.
 */
final class LikePattern {
    private final byte[] bytes;
    /** What each byte of the pattern is: a character's, or one of the two wildcards. */
    private final byte[] kinds;

    private static final byte ITSELF = 0;
    private static final byte ANY = 1;
    private static final byte ONE = 2;

    private LikePattern(byte[] bytes, byte[] kinds) {
        this.bytes = bytes;
        this.kinds = kinds;
    }

    /**
     * Reads a pattern; null where the escape character is not followed by a wildcard or itself.
     *
     * @param escape a code point, or -1
     */
    static LikePattern of(String pattern, int escape) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream kinds = new ByteArrayOutputStream();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            byte kind = point == '%' ? ANY : point == '_' ? ONE : ITSELF;
            if (point == escape) {
                if (i + 1 == points.length || points[i + 1] != '%' && points[i + 1] != '_' && points[i + 1] != escape) {
                    return null;
                }
                point = points[++i];
                kind = ITSELF;
            }
            for (byte part : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                bytes.write(part);
                kinds.write(kind);
            }
        }
        return new LikePattern(bytes.toByteArray(), kinds.toByteArray());
    }

    /** The text that alone matches, or null where there is a wildcard. */
    byte[] literal() {
        for (byte kind : kinds) {
            if (kind != ITSELF) {
                return null;
            }
        }
        return bytes;
    }

    boolean matches(byte[] text, int from, int to) {
        int at = from;
        int next = 0;
        // Where to go on with one more character under the last %.
        int retryAt = -1;
        int retryNext = -1;
        while (at < to) {
            if (next < bytes.length && kinds[next] == ANY) {
                retryNext = ++next;
                retryAt = at;
            } else if (next < bytes.length && kinds[next] == ONE) {
                at = end(text, at, to);
                next++;
            } else if (next < bytes.length && bytes[next] == text[at]) {
                at++;
                next++;
            } else if (retryNext >= 0) {
                next = retryNext;
                retryAt = end(text, retryAt, to);
                at = retryAt;
            } else {
                return false;
            }
        }
        while (next < bytes.length && kinds[next] == ANY) {
            next++;
        }
        return next == bytes.length;
    }

    /** The place after the code point that begins here. */
    private static int end(byte[] text, int at, int to) {
        int end = at + 1;
        while (end < to && (text[end] & 0xc0) == 0x80) {
            end++;
        }
        return end;
    }
}
