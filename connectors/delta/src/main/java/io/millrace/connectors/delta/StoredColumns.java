package io.millrace.connectors.delta;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Batches as the table stores them: JSON as text, and no null where there must be none. One thread. */
final class StoredColumns {
    private final Schema schema;
    private final boolean same;
    private final int[] required;
    private final String[] reasons;

    /** @param required columns that must not be null, and what a row is rejected for where one is */
    StoredColumns(Schema source, Map<String, String> required) {
        this.schema = TableSchema.stored(source);
        this.same = schema.equals(source);
        List<String> names = required.keySet().stream().filter(source::contains).toList();
        this.required = names.stream().mapToInt(source::indexOf).toArray();
        this.reasons = names.stream().map(required::get).toArray(String[]::new);
    }

    Schema schema() {
        return schema;
    }

    Batch of(Batch batch, Rejects rejects) {
        Batch present = withoutNulls(batch, rejects);
        if (same) {
            return present;
        }
        List<Column> columns = new ArrayList<>();
        present.columns().forEach(column -> columns.add(stored(column)));
        return present.withColumns(schema, columns);
    }

    private Batch withoutNulls(Batch batch, Rejects rejects) {
        Batch present = batch;
        for (int i = 0; i < required.length; i++) {
            int position = required[i];
            Column column = present.column(position);
            if (column.nulls().any()) {
                int[] rows = new int[present.rowCount()];
                int kept = 0;
                for (int row = 0; row < present.rowCount(); row++) {
                    if (column.isNull(row)) {
                        rejects.reject(present, row, schema.field(position).name(), reasons[i]);
                    } else {
                        rows[kept++] = row;
                    }
                }
                present = present.select(Selection.of(rows, kept));
            }
        }
        return present;
    }

    static Column stored(Column column) {
        DataType type = TableSchema.stored(column.type());
        if (type.equals(column.type())) {
            return column;
        }
        if (column instanceof BytesColumn bytes) {
            return BytesColumn.of(type, bytes.length(), bytes.nulls(), bytes.data(), bytes.offsets());
        }
        ListColumn lists = (ListColumn) column;
        return ListColumn.of((ListType) type, lists.length(), lists.nulls(), lists.offsets(), stored(lists.elements()));
    }
}
