package io.millrace.formats.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Finds records and their values in a stream of bytes. One thread.
 *
 * <p>A record ends at a line feed, or a carriage return and one, outside quotes. What is malformed costs its first line only:
 * scanning goes on behind it, so that a quote which nobody closed does not swallow its neighbours.
 */
final class CsvScanner {
    /** What a call of {@link #next} found. */
    enum Found {
        RECORD,
        /** A line that is no record; {@link #problem} says why. */
        MALFORMED,
        END
    }

    private static final byte PLAIN = 0;
    private static final byte QUOTED = 1;
    private static final byte ESCAPED = 2;
    private static final int NEED_MORE = -1;
    private static final int BROKEN = -2;

    private final InputStream in;
    private final CsvDialect dialect;
    private final int limit;
    private final long end;
    private final boolean[] endsPlain;
    private final boolean[] endsQuoted;
    private byte[] buffer = new byte[256 << 10];
    private int filled;
    private int next;
    private boolean exhausted;
    /** The place in the file of the buffer's first byte. */
    private long base;

    private long linesBefore;
    private int start;
    private int recordEnd;
    private long line;
    private long offset;
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private byte[] kinds = new byte[64];
    private int count;
    private String problem;
    private byte[] scratch = new byte[1024];
    private int scratchLength;

    /**
     * @param from the place in the file of the stream's first byte
     * @param end records that begin here or later are another reader's
     * @param limit the longest record in bytes
     */
    CsvScanner(InputStream in, CsvDialect dialect, long from, long end, int limit) {
        this.in = in;
        this.dialect = dialect;
        this.base = from;
        this.end = end;
        this.limit = limit;
        this.endsPlain = dialect.endsPlain();
        this.endsQuoted = dialect.quote() == CsvDialect.NONE ? new boolean[256] : dialect.endsQuoted();
        fill();
    }

    /** Leaves out the first bytes if they are these. */
    boolean skip(byte... bytes) {
        while (filled < bytes.length && !exhausted) {
            fill();
        }
        if (next != 0 || filled < bytes.length || !Arrays.equals(buffer, 0, bytes.length, bytes, 0, bytes.length)) {
            return false;
        }
        next = bytes.length;
        return true;
    }

    /** Leaves out what is left of a line that began before: it belongs to another reader. */
    void skipLine() {
        skipLongLine();
        linesBefore = 0;
    }

    Found next() {
        while (base + next < end) {
            start = next;
            offset = base + start;
            int parsed = parse();
            while (parsed == NEED_MORE && !exhausted && filled - start <= limit) {
                fill();
                parsed = parse();
            }
            line = linesBefore + 1;
            if (parsed == NEED_MORE && exhausted) {
                if (start == filled) {
                    return Found.END;
                }
                parsed = parseLast();
            }
            if (parsed == NEED_MORE) {
                problem = "is longer than " + limit + " bytes";
                return malformed();
            }
            if (parsed == BROKEN) {
                return malformed();
            }
            if (parsed - start > limit) {
                problem = "is longer than " + limit + " bytes";
                return malformed();
            }
            recordEnd = parsed;
            next = parsed;
            countLines(start, parsed);
            if (!isBlank()) {
                return Found.RECORD;
            }
        }
        return Found.END;
    }

    /** An empty line is nobody's record. */
    private boolean isBlank() {
        return count == 1 && starts[0] == ends[0] && kinds[0] == PLAIN;
    }

    /** Parses what is left, as if a line feed stood behind it. */
    private int parseLast() {
        byte behind = buffer[filled];
        buffer[filled] = '\n';
        filled++;
        int parsed = parse();
        filled--;
        buffer[filled] = behind;
        if (parsed == NEED_MORE) {
            problem = "has a quote that is not closed";
            return BROKEN;
        }
        return Math.min(parsed, filled);
    }

    /** The place behind the record that begins at {@link #start}, NEED_MORE or BROKEN. */
    private int parse() {
        // A line feed behind the last byte ends every run there, so that the loops need not look for the end.
        buffer[filled] = '\n';
        count = 0;
        int at = start;
        while (true) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
                kinds = Arrays.copyOf(kinds, 2 * count);
            }
            at = at < filled && buffer[at] == dialect.quote() ? quoted(at) : plain(at);
            if (at < 0) {
                return at;
            }
            count++;
            if (buffer[at] != dialect.delimiter()) {
                return at + 1;
            }
            at++;
        }
    }

    /** Takes a value without quotes; returns where its delimiter or line feed is. */
    private int plain(int from) {
        byte kind = PLAIN;
        int at = from;
        while (true) {
            while (!endsPlain[buffer[at] & 0xff]) {
                at++;
            }
            if (at >= filled) {
                return NEED_MORE;
            }
            if (buffer[at] != dialect.escape()) {
                break;
            }
            kind = ESCAPED;
            at += 2;
            if (at > filled) {
                return NEED_MORE;
            }
        }
        int valueEnd = buffer[at] == '\n' && at > from && buffer[at - 1] == '\r' ? at - 1 : at;
        take(from, valueEnd, kind);
        return at;
    }

    /** Takes a quoted value; returns where the delimiter or line feed behind it is. */
    private int quoted(int from) {
        byte kind = QUOTED;
        int at = from + 1;
        while (true) {
            while (!endsQuoted[buffer[at] & 0xff]) {
                at++;
            }
            if (at >= filled) {
                return NEED_MORE;
            }
            byte found = buffer[at];
            if (found == '\n') {
                if (!dialect.quotedNewlines()) {
                    return broken("has a quote that is not closed");
                }
                at++;
                continue;
            }
            if (found == dialect.escape()) {
                kind |= ESCAPED;
                at += 2;
                if (at > filled) {
                    return NEED_MORE;
                }
                continue;
            }
            if (at + 1 >= filled) {
                return NEED_MORE;
            }
            if (buffer[at + 1] != dialect.quote()) {
                break;
            }
            kind |= ESCAPED;
            at += 2;
        }
        int behind = at + 1;
        if (buffer[behind] == '\r') {
            if (behind + 1 >= filled) {
                return NEED_MORE;
            }
            behind = buffer[behind + 1] == '\n' ? behind + 1 : behind;
        }
        if (buffer[behind] != '\n' && buffer[behind] != dialect.delimiter()) {
            return broken("has text behind a closing quote");
        }
        take(from + 1, at, kind);
        return behind;
    }

    private void take(int from, int to, byte kind) {
        starts[count] = from;
        ends[count] = to;
        kinds[count] = kind;
    }

    private int broken(String why) {
        problem = why;
        return BROKEN;
    }

    /** Leaves out the first line of what could not be parsed. */
    private Found malformed() {
        int at = lineEnd(start);
        while (at < 0 && !exhausted && filled - start <= limit) {
            fill();
            at = lineEnd(start);
        }
        if (at >= 0 || exhausted) {
            recordEnd = at < 0 ? filled : at;
            next = at < 0 ? filled : at + 1;
            linesBefore++;
            return Found.MALFORMED;
        }
        // Too long for memory: its beginning is kept for the message.
        scratch = Arrays.copyOfRange(buffer, start, Math.min(filled, start + 4096));
        scratchLength = scratch.length;
        next = start;
        start = -1;
        skipLongLine();
        linesBefore++;
        return Found.MALFORMED;
    }

    private int lineEnd(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void skipLongLine() {
        while (true) {
            int at = lineEnd(next);
            if (at >= 0) {
                next = at + 1;
                return;
            }
            next = filled;
            if (exhausted) {
                return;
            }
            start = next;
            fill();
        }
    }

    private void countLines(int from, int to) {
        int lines = 1;
        if (dialect.quotedNewlines()) {
            for (int i = 0; i < count; i++) {
                if ((kinds[i] & QUOTED) != 0) {
                    for (int at = starts[i]; at < ends[i]; at++) {
                        lines += buffer[at] == '\n' ? 1 : 0;
                    }
                }
            }
        }
        linesBefore += lines;
    }

    /** Reads on behind what is there; what lies before the record is let go. */
    private void fill() {
        int kept = start < 0 ? next : Math.min(start, next);
        System.arraycopy(buffer, kept, buffer, 0, filled - kept);
        base += kept;
        filled -= kept;
        start = start < 0 ? start : start - kept;
        next -= kept;
        if (filled > buffer.length / 2) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, Integer.MAX_VALUE - 8));
        }
        try {
            // The last two places are for the line feeds that end the file and every run.
            int read = in.read(buffer, filled, buffer.length - 2 - filled);
            if (read < 0) {
                exhausted = true;
            } else {
                filled += read;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How many values the record has. */
    int count() {
        return count;
    }

    byte[] bytes() {
        return buffer;
    }

    /** Where the record is in {@link #bytes}. */
    int start() {
        return start;
    }

    int end() {
        return recordEnd;
    }

    int valueStart(int field) {
        return starts[field];
    }

    int valueEnd(int field) {
        return ends[field];
    }

    boolean isQuoted(int field) {
        return (kinds[field] & QUOTED) != 0;
    }

    boolean isEscaped(int field) {
        return (kinds[field] & ESCAPED) != 0;
    }

    /** Takes the escapes out of a value; the bytes are in {@link #scratch} until the next call. Returns their number. */
    int unescape(int field) {
        int from = starts[field];
        int to = ends[field];
        if (scratch.length < to - from) {
            scratch = new byte[Math.max(to - from, 2 * scratch.length)];
        }
        boolean quoted = isQuoted(field);
        int size = 0;
        for (int at = from; at < to; at++) {
            byte character = buffer[at];
            boolean mark = character == dialect.escape() || quoted && character == dialect.quote();
            if (mark && at + 1 < to) {
                character = buffer[++at];
            }
            scratch[size++] = character;
        }
        return size;
    }

    byte[] scratch() {
        return scratch;
    }

    String problem() {
        return problem;
    }

    /** The malformed line's or the record's bytes, or the beginning of one too long for memory. */
    byte[] raw(int most) {
        if (start < 0) {
            return Arrays.copyOf(scratch, Math.min(most, scratchLength));
        }
        int to = recordEnd;
        while (to > start && (buffer[to - 1] == '\n' || buffer[to - 1] == '\r')) {
            to--;
        }
        return Arrays.copyOfRange(buffer, start, Math.min(to, start + most));
    }

    /** The line on which the record begins, counted from 1 in what this scanner reads. */
    long line() {
        return line;
    }

    /** Where in the file the record begins. */
    long offset() {
        return offset;
    }
}
