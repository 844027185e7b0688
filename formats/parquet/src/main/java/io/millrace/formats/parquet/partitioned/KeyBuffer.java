package io.millrace.formats.parquet.partitioned;

import java.util.Arrays;

/** The bytes of one row's partition values, built anew for each row without allocation. One thread. */
final class KeyBuffer {
    private byte[] bytes = new byte[64];
    private int size;

    void clear() {
        size = 0;
    }

    void appendNull() {
        reserve(1);
        bytes[size++] = 0;
    }

    void append(long value) {
        reserve(1 + Long.BYTES);
        bytes[size++] = 1;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void append(byte[] source, int from, int length) {
        append((long) length);
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }

    int hash() {
        return hash(bytes, size);
    }

    static int hash(byte[] bytes, int size) {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ hash >>> 15;
    }

    boolean is(byte[] key) {
        return Arrays.equals(bytes, 0, size, key, 0, key.length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }
}
