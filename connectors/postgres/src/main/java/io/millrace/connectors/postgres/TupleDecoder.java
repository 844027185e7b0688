package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.Schema;
import java.util.List;

/** Decodes rows in COPY's binary format into the columns of a batch builder. One thread. */
final class TupleDecoder {
    private static final long SIGNATURE = 0x5047434F50590AFFL;
    private static final int HEADER = 19;
    private static final int END = -1;

    private final BatchBuilder builder;
    private final CellDecoder[] cells;
    private final int[] sizes;
    /** The first cell of the last row that could not be decoded, or -1. */
    private int badColumn;

    private String badReason;
    private String badText;

    TupleDecoder(Schema schema, List<PostgresType> types) {
        this.builder = new BatchBuilder(schema);
        this.cells = new CellDecoder[types.size()];
        this.sizes = new int[types.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = types.get(i).decoder().of(builder.column(i));
            sizes[i] = cells[i].fixedSize();
        }
    }

    BatchBuilder builder() {
        return builder;
    }

    /** Where the rows of a stream's first message begin. */
    static int skipHeader(byte[] message) {
        if (message.length < HEADER || BigEndian.longAt(message, 0) != SIGNATURE) {
            throw malformed("the stream does not begin as PostgreSQL's binary format does");
        }
        return HEADER + BigEndian.intAt(message, HEADER - 4);
    }

    static boolean isEnd(byte[] message, int at) {
        return BigEndian.shortAt(message, at) == END;
    }

    /**
     * Appends the row that begins here, unless a cell cannot be decoded, which {@link #badColumn} then tells. Returns
     * where the next row begins.
     */
    int decode(byte[] message, int from) {
        int columns = BigEndian.shortAt(message, from);
        if (columns != cells.length) {
            throw malformed("a row has " + columns + " columns instead of " + cells.length);
        }
        badColumn = -1;
        int at = from + 2;
        for (int i = 0; i < columns; i++) {
            int size = BigEndian.intAt(message, at);
            at += 4;
            if (size < 0) {
                if (badColumn < 0) {
                    builder.column(i).appendNull();
                }
                continue;
            }
            if (size > message.length - at || sizes[i] >= 0 && sizes[i] != size) {
                throw malformed("column " + (i + 1) + " has " + size + " bytes");
            }
            if (badColumn < 0) {
                String problem = cells[i].decode(message, at, size);
                if (problem != null) {
                    badColumn = i;
                    badReason = problem;
                    badText = cells[i].text(message, at, size);
                }
            }
            at += size;
        }
        return at;
    }

    int badColumn() {
        return badColumn;
    }

    String badReason() {
        return badReason;
    }

    String badText() {
        return badText;
    }

    static MillraceException malformed(String what) {
        return new MillraceException(
                ErrorKind.INTERNAL,
                "the server's COPY stream cannot be decoded: " + what
                        + ". A proxy may have changed it, or the type of a " + "column; this should be reported.");
    }
}
