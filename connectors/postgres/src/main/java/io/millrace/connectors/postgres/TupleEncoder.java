package io.millrace.connectors.postgres;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;

/** Encodes rows of a batch in COPY's binary format, with one number more behind them if that is wanted. One thread. */
final class TupleEncoder {
    private static final long SIGNATURE = 0x5047434F50590AFFL;
    private static final int NULL = -1;
    private static final int END = -1;
    private static final String IS_NULL = "null, but the column is NOT NULL";

    private final CellEncoder[] cells;
    private final boolean[] required;
    private final String[] names;
    private final NullBitmap[] nulls;
    private final boolean numbered;
    private int badColumn;
    private String badReason;

    private TupleEncoder(CellEncoder[] cells, boolean[] required, Schema schema, boolean numbered) {
        this.cells = cells;
        this.required = required;
        this.names = schema.names().toArray(String[]::new);
        this.nulls = new NullBitmap[cells.length];
        this.numbered = numbered;
    }

    /** For the columns of these names in a table that was found to fit. */
    static TupleEncoder of(Schema schema, TargetTable table, int serverVersion, boolean numbered) {
        CellEncoder[] cells = new CellEncoder[schema.size()];
        boolean[] required = new boolean[schema.size()];
        for (int i = 0; i < cells.length; i++) {
            Field field = schema.field(i);
            TargetColumn column = table.column(field.name())
                    .orElseThrow(() -> new IllegalStateException(table.name() + " has lost a column"));
            cells[i] = CellEncoders.of(field.type(), column.type(), serverVersion)
                    .orElseThrow(() -> new IllegalStateException("column '" + field.name() + "' cannot be written"));
            required[i] = column.notNull();
        }
        return new TupleEncoder(cells, required, schema, numbered);
    }

    static void putHeader(CopyBuffer out) {
        out.putLong(SIGNATURE);
        out.putShort('\r' << 8 | '\n');
        out.putByte(0);
        out.putInt(0);
        out.putInt(0);
    }

    static void putEnd(CopyBuffer out) {
        out.putShort(END);
    }

    /** Takes the batch whose rows come next. */
    void bind(Batch batch) {
        for (int i = 0; i < cells.length; i++) {
            Column column = batch.column(i);
            nulls[i] = column.nulls();
            cells[i].bind(column);
        }
    }

    /**
     * Puts a row; or puts nothing and returns false where the table cannot hold it, which {@link #badColumn} and
     * {@link #badReason} then explain.
     *
     * @param number goes into the column behind the others, if there is to be one
     */
    boolean encode(int row, long number, CopyBuffer out) {
        int start = out.size();
        out.putShort(cells.length + (numbered ? 1 : 0));
        for (int i = 0; i < cells.length; i++) {
            String problem = null;
            if (!nulls[i].isNull(row)) {
                problem = cells[i].encode(row, out);
            } else if (required[i]) {
                problem = IS_NULL;
            } else {
                out.putInt(NULL);
            }
            if (problem != null) {
                out.truncate(start);
                badColumn = i;
                badReason = problem;
                return false;
            }
        }
        if (numbered) {
            out.putInt(Long.BYTES);
            out.putLong(number);
        }
        return true;
    }

    String badColumn() {
        return names[badColumn];
    }

    String badReason() {
        return badReason;
    }
}
