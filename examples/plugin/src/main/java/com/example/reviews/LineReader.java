package com.example.reviews;

import io.millrace.api.BatchReader;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Origin;
import io.millrace.api.text.Utf8;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of one split. A line that is no UTF-8 is rejected: nothing is lost silently. */
final class LineReader implements BatchReader {
    private final Path file;
    private final String split;
    private final int batchRows;
    private final Rejects rejects;
    private final InputStream bytes;
    private long left;
    private long read;

    LineReader(Path file, Split split, int batchRows, Rejects rejects) {
        this.file = file;
        this.split = split.id();
        this.batchRows = batchRows;
        this.rejects = rejects;
        this.left = Long.parseLong(split.payload());
        try {
            this.bytes = new BufferedInputStream(Files.newInputStream(file));
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    @Override
    public Batch next() {
        BatchBuilder builder = new BatchBuilder(LinesExtractor.SCHEMA);
        LongColumn.Builder lines = (LongColumn.Builder) builder.column(0);
        BytesColumn.Builder texts = (BytesColumn.Builder) builder.column(1);
        long base = read;
        int[] ordinals = new int[batchRows];
        while (builder.rowCount() < batchRows) {
            byte[] line = line();
            if (line == null) {
                break;
            }
            int bad = Utf8.firstBad(line, 0, line.length);
            if (bad >= 0) {
                rejects.reject(split, read, "text", "is not UTF-8 at byte " + bad, new String(line, StandardCharsets.UTF_8));
            } else {
                ordinals[builder.rowCount()] = (int) (read - base);
                lines.append(read + 1);
                texts.append(line, 0, line.length);
            }
            read++;
        }
        int rows = builder.rowCount();
        return rows == 0 ? null : builder.build(Origin.of(split, base, Arrays.copyOf(ordinals, rows)));
    }

    /** The next line without its end; null behind the last one. */
    private byte[] line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            boolean any = false;
            while (left > 0) {
                int next = bytes.read();
                if (next < 0) {
                    break;
                }
                left--;
                any = true;
                if (next == '\n') {
                    break;
                }
                line.write(next);
            }
            return any ? line.toByteArray() : null;
        } catch (IOException failed) {
            throw failed(failed);
        }
    }

    private MillraceException failed(IOException cause) {
        return MillraceException.unavailable("cannot read " + file + " (" + cause + ")", cause);
    }

    @Override
    public long rowsRead() {
        return read;
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException nothingLost) {
            // Everything that counts has been read.
        }
    }
}
