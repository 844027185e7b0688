package io.millrace.engines.spark.features;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/** Some elements of a column as Spark's array, without a copy. */
final class ColumnArray extends ArrayData {
    private static final long serialVersionUID = 1;

    private final transient Column column;
    private final int from;
    private final int to;

    ColumnArray(Column column, int from, int to) {
        this.column = column;
        this.from = from;
        this.to = to;
    }

    @Override
    public int numElements() {
        return to - from;
    }

    @Override
    public boolean isNullAt(int ordinal) {
        return column.isNull(from + ordinal);
    }

    @Override
    public ArrayData copy() {
        return new GenericArrayData(array());
    }

    @Override
    public Object[] array() {
        Object[] values = new Object[numElements()];
        DataType type = SparkSchemas.spark(column.type());
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i, type);
        }
        return values;
    }

    @Override
    public boolean getBoolean(int ordinal) {
        return ((BooleanColumn) column).get(from + ordinal);
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
        return ((IntColumn) column).get(from + ordinal);
    }

    @Override
    public long getLong(int ordinal) {
        return ((LongColumn) column).get(from + ordinal);
    }

    @Override
    public float getFloat(int ordinal) {
        throw ColumnCells.none("float32");
    }

    @Override
    public double getDouble(int ordinal) {
        return ((DoubleColumn) column).get(from + ordinal);
    }

    @Override
    public Decimal getDecimal(int ordinal, int precision, int scale) {
        return ColumnCells.decimal(column, from + ordinal);
    }

    @Override
    public UTF8String getUTF8String(int ordinal) {
        return ColumnCells.text(column, from + ordinal);
    }

    @Override
    public byte[] getBinary(int ordinal) {
        return ColumnCells.binary(column, from + ordinal);
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
        return ColumnCells.array(column, from + ordinal);
    }

    @Override
    public MapData getMap(int ordinal) {
        throw ColumnCells.none("maps");
    }

    @Override
    public Object get(int ordinal, DataType type) {
        return ColumnCells.value(column, from + ordinal, type);
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
