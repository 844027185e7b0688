package io.millrace.connectors.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Appends values in PostgreSQL's binary form to the column it was made for. One thread. */
abstract class CellDecoder {
    private static final int SHOWN_BYTES = 64;

    /** The width of every value, or -1 where it varies. */
    int fixedSize() {
        return -1;
    }

    /** Appends the value, or returns the reason why the column cannot hold it and appends nothing. */
    abstract String decode(byte[] bytes, int at, int size);

    /** A refused value for people. */
    String text(byte[] bytes, int at, int size) {
        int shown = Math.min(size, SHOWN_BYTES);
        return "\\x" + HexFormat.of().formatHex(bytes, at, at + shown) + (shown < size ? "…" : "");
    }

    static String utf8(byte[] bytes, int at, int size) {
        return new String(Arrays.copyOfRange(bytes, at, at + size), StandardCharsets.UTF_8);
    }
}
