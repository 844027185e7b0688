package io.millrace.connectors.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being put together; used again and again, so that only the result is allocated. Not thread-safe. */
final class Bytes {
    private byte[] data = new byte[256];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    void appendByte(int oneByte) {
        reserve(1);
        data[size++] = (byte) oneByte;
    }

    void append(byte[] source) {
        append(source, 0, source.length);
    }

    void append(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, data, size, length);
        size += length;
    }

    /** Appends text of ASCII characters only. */
    void appendAscii(String text) {
        append(text.getBytes(StandardCharsets.US_ASCII));
    }

    void appendNumber(long number) {
        if (number == Long.MIN_VALUE) {
            appendAscii(Long.toString(number));
            return;
        }
        if (number < 0) {
            appendByte('-');
        }
        appendDigits(Math.abs(number), 1);
    }

    /** Appends a number that is not negative with leading zeros up to a width. */
    void appendDigits(long number, int width) {
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        digits = Math.max(digits, width);
        reserve(digits);
        long rest = number;
        for (int place = size + digits - 1; place >= size; place--) {
            data[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    /** Where these bytes first occur at or behind a place; the size where they do not. */
    int indexOf(byte[] wanted, int from) {
        for (int at = from; at + wanted.length <= size; at++) {
            if (Arrays.equals(data, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return size;
    }

    boolean endsWith(byte[] wanted) {
        return size >= wanted.length && Arrays.equals(data, size - wanted.length, size, wanted, 0, wanted.length);
    }

    /** A hash of all bytes that tells texts apart as well as 64 bits can. */
    long hash() {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < size; i++) {
            hash = (hash ^ (data[i] & 0xff)) * 0x100000001b3L;
        }
        // FNV's upper bits hardly depend on the last bytes.
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 29;
    }

    byte[] toArray() {
        return Arrays.copyOf(data, size);
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > data.length) {
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, data.length * 2L)));
        }
    }
}
