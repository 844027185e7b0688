package io.millrace.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of rows in PostgreSQL's COPY text format (tab between cells, {@code \N} for null, \n after rows). */
final class CopyText {
    private byte[] bytes = new byte[1 << 17];
    private int length;
    private final byte[] digits = new byte[20];

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void tab() {
        put('\t');
    }

    void endRow() {
        bytes[length - 1] = '\n';
    }

    void nullCell() {
        put('\\');
        put('N');
    }

    /** Bytes that need no escape. */
    void plain(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void plain(String ascii) {
        plain(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** One byte of text, escaped if the format needs it. */
    void text(byte value) {
        switch (value) {
            case '\t' -> escaped('t');
            case '\n' -> escaped('n');
            case '\r' -> escaped('r');
            case '\\' -> escaped('\\');
            default -> put(value);
        }
    }

    void text(byte[] values) {
        for (byte value : values) {
            text(value);
        }
    }

    void number(long value) {
        if (value < 0) {
            put('-');
        }
        long rest = Math.abs(value);
        int at = digits.length;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        ensure(digits.length - at);
        System.arraycopy(digits, at, bytes, length, digits.length - at);
        length += digits.length - at;
    }

    /** A number with leading zeros. */
    void padded(int value, int width) {
        ensure(width);
        int rest = value;
        for (int i = width - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
    }

    void put(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void escaped(int letter) {
        put('\\');
        put(letter);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
