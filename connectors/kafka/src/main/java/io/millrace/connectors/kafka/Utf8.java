package io.millrace.connectors.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Checks that bytes are text. */
final class Utf8 {
    static final String REASON = "not valid UTF-8";

    private static final int SHOWN_BYTES = 64;

    private Utf8() {}

    static boolean isValid(byte[] bytes, int from, int size) {
        int end = from + size;
        int at = from;
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        if (at == end) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, end - at));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** Bytes that are no text, for people. */
    static String shown(byte[] bytes, int from, int size) {
        int shown = Math.min(size, SHOWN_BYTES);
        return "0x" + HexFormat.of().formatHex(bytes, from, from + shown) + (shown < size ? "…" : "");
    }
}
