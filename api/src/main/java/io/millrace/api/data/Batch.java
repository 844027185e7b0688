package io.millrace.api.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some rows of one schema, column by column. Immutable and safe to keep.
 *
 * <p>{@link #select} is lazy: a column of the selected batch is copied when it is first asked for, so that a chain of
 * filters copies each column once, and a column that nobody reads never.
 */
public final class Batch {
    private final Schema schema;
    private final int rowCount;
    private final Origin origin;
    /** Dense columns; with a selection, those asked for so far. Racing threads store equal columns. */
    private final Column[] columns;

    private final Column[] unselected;
    private final Selection selection;

    private Batch(
            Schema schema, int rowCount, Origin origin, Column[] columns, Column[] unselected, Selection selection) {
        this.schema = schema;
        this.rowCount = rowCount;
        this.origin = origin;
        this.columns = columns;
        this.unselected = unselected;
        this.selection = selection;
    }

    /** A batch of these columns, whose types and lengths must be the schema's and {@code rowCount}; origin may be null. */
    public static Batch of(Schema schema, int rowCount, List<Column> columns, Origin origin) {
        if (columns.size() != schema.size()) {
            throw new IllegalArgumentException(columns.size() + " columns for a schema of " + schema.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Field field = schema.field(i);
            if (!column.type().equals(field.type()) || column.length() != rowCount) {
                throw new IllegalArgumentException("column '" + field.name() + "' is " + column.length() + " rows of "
                        + column.type() + ", not " + rowCount + " of " + field.type());
            }
        }
        return new Batch(schema, rowCount, origin, columns.toArray(Column[]::new), null, null);
    }

    /**
     * A batch of these records: each maps a column's name to the Java object that {@link DataType} names for its kind.
     * An absent key is null; a key that the schema lacks, or an object of another class, is an IllegalArgumentException.
     */
    public static Batch ofRecords(Schema schema, List<? extends Map<String, ?>> records) {
        BatchBuilder builder = new BatchBuilder(schema);
        records.forEach(builder::appendRecord);
        return builder.build(null);
    }

    public Schema schema() {
        return schema;
    }

    public int rowCount() {
        return rowCount;
    }

    /** Where the rows come from; empty after a keyed step, which mixes splits. */
    public Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    /** The column at a position of the schema. */
    public Column column(int position) {
        Column column = columns[position];
        if (column == null) {
            column = unselected[position].select(selection);
            columns[position] = column;
        }
        return column;
    }

    public Column column(String name) {
        return column(schema.require(name));
    }

    /** Only the selected rows. */
    public Batch select(Selection kept) {
        if (kept.count() == rowCount) {
            return this;
        }
        Origin keptOrigin = origin == null ? null : origin.select(kept);
        Column[] below = selection == null ? columns : unselected;
        Selection composed = selection == null ? kept : selection.then(kept);
        return new Batch(schema, kept.count(), keptOrigin, new Column[columns.length], below, composed);
    }

    /** The rows from {@code from} (inclusive) to {@code to} (exclusive). */
    public Batch slice(int from, int to) {
        return select(Selection.range(from, to));
    }

    /** This batch's rows with other columns, as a row transform returns them; the origin stays. */
    public Batch withColumns(Schema newSchema, List<Column> newColumns) {
        return of(newSchema, rowCount, newColumns, origin);
    }

    /** All columns, in the schema's order. */
    public List<Column> columns() {
        List<Column> all = new ArrayList<>(columns.length);
        for (int i = 0; i < columns.length; i++) {
            all.add(column(i));
        }
        return all;
    }

    /** One row as a map in the schema's order, null values included. Unmodifiable. Slow: not for hot loops. */
    public Map<String, Object> record(int row) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
            record.put(schema.field(i).name(), column(i).value(row));
        }
        return Collections.unmodifiableMap(record);
    }

    /** All rows as maps; see {@link #record}. */
    public List<Map<String, Object>> records() {
        List<Map<String, Object>> records = new ArrayList<>(rowCount);
        for (int row = 0; row < rowCount; row++) {
            records.add(record(row));
        }
        return Collections.unmodifiableList(records);
    }
}
