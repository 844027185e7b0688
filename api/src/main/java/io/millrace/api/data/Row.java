package io.millrace.api.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A cursor over the rows of a batch, for code that thinks in rows. One thread. It starts before the first row:
 *
 * <pre>{@code
 * for (Row row = Row.over(batch); row.next(); ) {
 *     total += row.getLong(0);
 * }
 * }</pre>
 *
 * <p>Getters of primitives return an unspecified value where {@link #isNull}; getters of objects return null.
 */
public final class Row {
    private final Batch batch;
    private final Column[] columns;
    private int position = -1;

    private Row(Batch batch) {
        this.batch = batch;
        this.columns = batch.columns().toArray(Column[]::new);
    }

    /** A cursor before the first row. */
    public static Row over(Batch batch) {
        return new Row(batch);
    }

    /** Moves to the next row; false behind the last one. */
    public boolean next() {
        return ++position < batch.rowCount();
    }

    /** Moves to a row by its number in the batch. */
    public Row moveTo(int row) {
        position = row;
        return this;
    }

    /** The number of the current row in the batch. */
    public int position() {
        return position;
    }

    public Schema schema() {
        return batch.schema();
    }

    public boolean isNull(int column) {
        return columns[column].isNull(position);
    }

    public boolean getBoolean(int column) {
        return ((BooleanColumn) columns[column]).get(position);
    }

    /** An INT32, or a DATE's days since 1970-01-01. */
    public int getInt(int column) {
        return ((IntColumn) columns[column]).get(position);
    }

    /** An INT64, or a TIMESTAMP's microseconds since 1970-01-01T00:00:00Z. */
    public long getLong(int column) {
        return ((LongColumn) columns[column]).get(position);
    }

    public double getDouble(int column) {
        return ((DoubleColumn) columns[column]).get(position);
    }

    public BigDecimal getDecimal(int column) {
        return (BigDecimal) get(column);
    }

    public String getString(int column) {
        return (String) get(column);
    }

    public byte[] getBytes(int column) {
        return (byte[]) get(column);
    }

    public LocalDate getDate(int column) {
        return (LocalDate) get(column);
    }

    public Instant getInstant(int column) {
        return (Instant) get(column);
    }

    public List<?> getList(int column) {
        return (List<?>) get(column);
    }

    /** The value as the Java object that {@link DataType} names for its kind, or null. */
    public Object get(int column) {
        return columns[column].value(position);
    }

    /** The value of a column by name; a user error where there is none. */
    public Object get(String column) {
        return get(schema().require(column));
    }
}
