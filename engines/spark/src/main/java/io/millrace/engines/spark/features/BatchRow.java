package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/** A row of a batch as Spark's row, without a copy: the same object for one row after the other. One thread. */
final class BatchRow extends InternalRow {
    private static final long serialVersionUID = 1;

    private final transient Column[] columns;
    private int row;

    BatchRow(Batch batch) {
        this.columns = batch.columns().toArray(Column[]::new);
    }

    /** Becomes another row of the batch. */
    BatchRow at(int other) {
        row = other;
        return this;
    }

    @Override
    public int numFields() {
        return columns.length;
    }

    @Override
    public boolean isNullAt(int ordinal) {
        return columns[ordinal].isNull(row);
    }

    @Override
    public InternalRow copy() {
        Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i, SparkSchemas.spark(columns[i].type()));
        }
        return new GenericInternalRow(values);
    }

    @Override
    public boolean getBoolean(int ordinal) {
        return ((BooleanColumn) columns[ordinal]).get(row);
    }

    @Override
    public byte getByte(int ordinal) {
        throw ColumnCells.none("bytes");
    }

    @Override
    public short getShort(int ordinal) {
        throw ColumnCells.none("int16");
    }

    @Override
    public int getInt(int ordinal) {
        return ((IntColumn) columns[ordinal]).get(row);
    }

    @Override
    public long getLong(int ordinal) {
        return ((LongColumn) columns[ordinal]).get(row);
    }

    @Override
    public float getFloat(int ordinal) {
        throw ColumnCells.none("float32");
    }

    @Override
    public double getDouble(int ordinal) {
        return ((DoubleColumn) columns[ordinal]).get(row);
    }

    @Override
    public Decimal getDecimal(int ordinal, int precision, int scale) {
        return ColumnCells.decimal(columns[ordinal], row);
    }

    @Override
    public UTF8String getUTF8String(int ordinal) {
        return ColumnCells.text(columns[ordinal], row);
    }

    @Override
    public byte[] getBinary(int ordinal) {
        return ColumnCells.binary(columns[ordinal], row);
    }

    @Override
    public CalendarInterval getInterval(int ordinal) {
        throw ColumnCells.none("intervals");
    }

    @Override
    public InternalRow getStruct(int ordinal, int fields) {
        throw ColumnCells.none("structures");
    }

    @Override
    public ArrayData getArray(int ordinal) {
        return ColumnCells.array(columns[ordinal], row);
    }

    @Override
    public MapData getMap(int ordinal) {
        throw ColumnCells.none("maps");
    }

    @Override
    public Object get(int ordinal, DataType type) {
        return ColumnCells.value(columns[ordinal], row, type);
    }

    @Override
    public void setNullAt(int ordinal) {
        throw ColumnCells.readOnly();
    }

    @Override
    public void update(int ordinal, Object value) {
        throw ColumnCells.readOnly();
    }
}
