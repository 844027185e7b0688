package io.millrace.connectors.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Checks bytes from databases that store text unchecked (SQL_ASCII); they are rare, so this need not be fast. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] bytes, int at, int size) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, size));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
