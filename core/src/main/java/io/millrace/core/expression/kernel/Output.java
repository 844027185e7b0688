package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.math.BigDecimal;

/** Takes the results of a kernel that goes row by row: exactly one call for each row. */
public final class Output {
    private final ColumnBuilder builder;
    private Frame frame;
    private byte[] scratch = new byte[256];

    Output(DataType type) {
        this.builder = ColumnBuilder.of(type);
    }

    void begin(Frame newFrame) {
        frame = newFrame;
    }

    Column end() {
        return builder.build();
    }

    public DataType type() {
        return builder.type();
    }

    /** Null. */
    public void none() {
        builder.appendNull();
    }

    /** The row has no value: it fails. */
    public void fail(String reason) {
        frame.fail(builder.length(), reason);
        builder.appendNull();
    }

    public void put(boolean value) {
        ((BooleanColumn.Builder) builder).append(value);
    }

    /** An int64, timestamp, int32 or date; one that the type cannot hold fails. */
    public void put(long value) {
        if (builder instanceof LongColumn.Builder wide) {
            wide.append(value);
        } else if (value == (int) value) {
            ((IntColumn.Builder) builder).append((int) value);
        } else {
            fail("is beyond the range of " + builder.type());
        }
    }

    public void put(double value) {
        ((DoubleColumn.Builder) builder).append(value);
    }

    /** A decimal that has no more digits after the point than the type; one that the type cannot hold fails. */
    public void put(BigDecimal value) {
        if (!((DecimalColumn.Builder) builder).append(value)) {
            fail("does not fit " + builder.type());
        }
    }

    /** Text in UTF-8, or bytes. */
    public void put(byte[] source, int from, int to) {
        ((BytesColumn.Builder) builder).append(source, from, to - from);
    }

    public void put(String text) {
        ((BytesColumn.Builder) builder).append(text);
    }

    /** A buffer of at least this size for the result of the row at hand. */
    public byte[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, scratch.length * 2)];
        }
        return scratch;
    }

    /** The value of an operand of the same type. */
    public void put(Argument argument, int row) {
        builder.append(argument.object(row));
    }

    /** A value as the Java object that {@link DataType} names, or null. */
    public void putObject(Object value) {
        builder.append(value);
    }
}
