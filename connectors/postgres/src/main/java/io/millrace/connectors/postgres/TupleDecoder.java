package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.BatchBuilder;
import io.millrace.api.data.ColumnBuilder;
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
    private final ColumnBuilder[] builders;
    /** The cell for which the last row could not be decoded, or -1. */
    private int badColumn;

    private String badReason;
    private String badText;

    TupleDecoder(Schema schema, List<PostgresType> types) {
        this.builder = new BatchBuilder(schema);
        this.cells = new CellDecoder[types.size()];
        this.sizes = new int[types.size()];
        this.builders = new ColumnBuilder[types.size()];
        for (int i = 0; i < cells.length; i++) {
            builders[i] = builder.column(i);
            cells[i] = types.get(i).decoder().of(builder.column(i));
            sizes[i] = cells[i].fixedSize();
        }
    }

    BatchBuilder builder() {
        return builder;
    }

    /** Where the rows of a stream's first message begin. */
    static int skipHeader(CopyRows message) {
        int from = message.from();
        if (message.to() - from < HEADER || BigEndian.longAt(message.bytes(), from) != SIGNATURE) {
            throw malformed("the stream does not begin as PostgreSQL's binary format does");
        }
        return from + HEADER + BigEndian.intAt(message.bytes(), from + HEADER - 4);
    }

    static boolean isEnd(byte[] message, int at) {
        return BigEndian.shortAt(message, at) == END;
    }

    /**
     * Appends the row that begins here, unless a cell cannot be decoded, which {@link #badColumn} then tells. Returns
     * where the next row begins.
     *
     * @param to where the message ends, which holds the row to its end
     */
    int decode(byte[] message, int from, int to) {
        CellDecoder[] decoders = cells;
        int[] widths = sizes;
        int columns = BigEndian.shortAt(message, from);
        if (columns != decoders.length) {
            throw malformed("a row has " + columns + " columns instead of " + decoders.length);
        }
        badColumn = -1;
        int at = from + 2;
        for (int i = 0; i < columns; i++) {
            int size = BigEndian.intAt(message, at);
            at += 4;
            if (size < 0) {
                builders[i].appendNull();
                continue;
            }
            if (size > to - at || widths[i] >= 0 && widths[i] != size) {
                throw malformed("column " + (i + 1) + " has " + size + " bytes");
            }
            String problem = decoders[i].decode(message, at, size);
            if (problem != null) {
                badColumn = i;
                badReason = problem;
                badText = decoders[i].text(message, at, size);
                return skip(message, at + size, columns - i - 1);
            }
            at += size;
        }
        return at;
    }

    private static int skip(byte[] message, int from, int columns) {
        int at = from;
        for (int i = 0; i < columns; i++) {
            int size = BigEndian.intAt(message, at);
            at += 4 + Math.max(0, size);
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
