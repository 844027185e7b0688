package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An operand that is read row by row. A constant is a column of one row, to which every row number is mapped. */
public final class Argument {
    private final Kernel kernel;
    private final int mask;
    private Column column;
    private byte[] bytes;
    private int[] offsets;
    private long[] longs;
    private int[] ints;
    private double[] doubles;
    private boolean[] booleans;

    Argument(Kernel kernel) {
        this.kernel = kernel;
        this.mask = kernel.constant().isPresent() ? 0 : -1;
        kernel.constant().ifPresent(this::take);
    }

    void load(Frame frame) {
        if (mask != 0) {
            take(kernel.evaluate(frame));
        }
    }

    private void take(Column loaded) {
        column = loaded;
        if (loaded instanceof BytesColumn text) {
            bytes = text.data();
            offsets = text.offsets();
        } else if (loaded instanceof LongColumn whole) {
            longs = whole.values();
        } else if (loaded instanceof IntColumn narrow) {
            ints = narrow.values();
        } else if (loaded instanceof DoubleColumn real) {
            doubles = real.values();
        } else if (loaded instanceof BooleanColumn flags) {
            booleans = flags.values();
        }
    }

    public DataType type() {
        return kernel.type();
    }

    public boolean isNull(int row) {
        return column.isNull(row & mask);
    }

    NullBitmap nulls(int rows) {
        if (mask != 0 || !column.isNull(0)) {
            return mask != 0 ? column.nulls() : NullBitmap.NONE;
        }
        long[] all = new long[NullBitmap.wordsFor(rows)];
        Arrays.fill(all, -1);
        return NullBitmap.of(all);
    }

    /** The bytes in which text and binary lie, from {@link #from} to {@link #to}. */
    public byte[] bytes() {
        return bytes;
    }

    public int from(int row) {
        return offsets[row & mask];
    }

    public int to(int row) {
        return offsets[(row & mask) + 1];
    }

    public String text(int row) {
        return new String(bytes, from(row), to(row) - from(row), StandardCharsets.UTF_8);
    }

    /** An int64 or timestamp. */
    public long whole(int row) {
        return longs[row & mask];
    }

    /** An int32 or date. */
    public int narrow(int row) {
        return ints[row & mask];
    }

    public double real(int row) {
        return doubles[row & mask];
    }

    public boolean flag(int row) {
        return booleans[row & mask];
    }

    public BigDecimal decimal(int row) {
        return ((DecimalColumn) column).decimal(row & mask);
    }

    /** Where the elements of a list begin, and with {@link #listTo} end, in {@link #elements}. */
    public int listFrom(int row) {
        return ((ListColumn) column).offsets()[row & mask];
    }

    public int listTo(int row) {
        return ((ListColumn) column).offsets()[(row & mask) + 1];
    }

    public Column elements() {
        return ((ListColumn) column).elements();
    }

    /** The value as the Java object that {@link DataType} names. Slow. */
    public Object object(int row) {
        return column.value(row & mask);
    }
}
