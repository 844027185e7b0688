package io.millrace.storage;

/** Some bytes of an object. */
public record ObjectRange(long from, long length) {
    /** The position behind the last byte. */
    public long end() {
        return from + length;
    }

    boolean contains(long position, long size) {
        return position >= from && position + size <= end();
    }
}
