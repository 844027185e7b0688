package io.millrace.api.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects rows into batches of one schema. One thread. {@link #build} hands the rows over and starts the next batch. */
public final class BatchBuilder {
    private final Schema schema;
    private final ColumnBuilder[] columns;

    public BatchBuilder(Schema schema) {
        this.schema = schema;
        this.columns = schema.fields().stream()
                .map(field -> ColumnBuilder.of(field.type()))
                .toArray(ColumnBuilder[]::new);
    }

    public Schema schema() {
        return schema;
    }

    /** The builder of a column; whoever appends through it appends one value to every column. */
    public ColumnBuilder column(int position) {
        return columns[position];
    }

    /** The rows appended since the last {@link #build}. */
    public int rowCount() {
        return columns.length == 0 ? 0 : columns[0].length();
    }

    /** Takes back the rows from {@code rows} on, a half-appended one included. */
    public void truncate(int rows) {
        for (ColumnBuilder column : columns) {
            column.truncate(rows);
        }
    }

    /** Appends one record; see {@link Batch#ofRecords}. */
    public void appendRecord(Map<String, ?> record) {
        int before = rowCount();
        try {
            int known = 0;
            for (int i = 0; i < columns.length; i++) {
                String name = schema.field(i).name();
                known += record.containsKey(name) ? 1 : 0;
                try {
                    columns[i].append(record.get(name));
                } catch (IllegalArgumentException badValue) {
                    throw new IllegalArgumentException("column '" + name + "': " + badValue.getMessage(), badValue);
                }
            }
            if (known != record.size()) {
                String unknown = record.keySet().stream()
                        .filter(key -> !schema.contains(key))
                        .findFirst()
                        .orElseThrow();
                throw new IllegalArgumentException("there is no column '" + unknown + "' in " + schema);
            }
        } catch (RuntimeException bad) {
            truncate(before);
            throw bad;
        }
    }

    /** The batch of what was appended; origin may be null. This builder is then empty and may be used again. */
    public Batch build(Origin origin) {
        int rows = rowCount();
        List<Column> built = new ArrayList<>(columns.length);
        for (ColumnBuilder column : columns) {
            built.add(column.build());
        }
        return Batch.of(schema, rows, built, origin);
    }
}
