package io.millrace.connectors.files;

import java.util.Arrays;

/** Finds the lines of a stream, without those that are empty or blank. One thread. */
final class LineScanner {
    private final UnpackedStream in;
    private final long end;
    private final int limit;
    private byte[] buffer = new byte[256 << 10];
    private int filled;
    private int next;
    private boolean exhausted;
    /** The place in the file of the buffer's first byte. */
    private long base;

    private int start;
    private int lineEnd;
    private boolean tooLong;
    private long line;
    private long offset;

    /**
     * @param from where lines begin that are read: the stream begins one byte before, or at 0
     * @param end lines that begin here or later are another reader's
     */
    LineScanner(UnpackedStream in, long from, long end, int limit) {
        this.in = in;
        this.end = end;
        this.limit = limit;
        this.base = Math.max(0, from - 1);
        if (from > 0) {
            find();
        }
        line = 0;
    }

    /** Goes to the next line that is not blank; false where there is none. */
    boolean next() {
        while (find()) {
            if (tooLong || !isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean isBlank() {
        for (int at = start; at < lineEnd; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\t' && buffer[at] != '\r') {
                return false;
            }
        }
        return true;
    }

    private boolean find() {
        start = next;
        tooLong = false;
        offset = base + start;
        if (offset >= end) {
            return false;
        }
        int at = start;
        while (true) {
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            if (at < filled) {
                break;
            }
            if (exhausted) {
                if (at == start && !tooLong) {
                    return false;
                }
                break;
            }
            if (at - start > limit) {
                // Its beginning is kept for the message, what follows is let go.
                tooLong = true;
                at = start + Math.min(1024, limit);
                base += filled - at;
                filled = at;
            }
            int shift = start;
            fill();
            at -= shift - start;
        }
        lineEnd = at;
        next = at < filled ? at + 1 : at;
        line++;
        tooLong |= lineEnd - start > limit;
        return true;
    }

    private void fill() {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        base += start;
        filled -= start;
        start = 0;
        if (filled > buffer.length / 2) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8));
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            exhausted = true;
        } else {
            filled += read;
        }
    }

    boolean isTooLong() {
        return tooLong;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int size() {
        return lineEnd - start;
    }

    /** The line's number, counted from 1 in what is read of the file. */
    long line() {
        return line;
    }

    /** Where in the file the line begins. */
    long offset() {
        return offset;
    }
}
