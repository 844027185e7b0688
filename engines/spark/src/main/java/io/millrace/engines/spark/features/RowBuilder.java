package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.Origin;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Collects Spark's rows into batches. The rows may be used again after each call. One thread. */
final class RowBuilder {
    private final Schema schema;
    private final int[] ordinals;
    private final CellReader[] readers;
    private final ColumnBuilder[] builders;
    private int rows;

    /** @param ordinals which cell of a row is the value of each column */
    RowBuilder(Schema schema, int[] ordinals) {
        this.schema = schema;
        this.ordinals = ordinals;
        this.readers = new CellReader[schema.size()];
        this.builders = new ColumnBuilder[schema.size()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = CellReader.of(schema.field(i).type());
            builders[i] = ColumnBuilder.of(schema.field(i).type());
        }
    }

    int rows() {
        return rows;
    }

    void append(InternalRow row) {
        for (int i = 0; i < readers.length; i++) {
            if (row.isNullAt(ordinals[i])) {
                builders[i].appendNull();
            } else {
                readers[i].read(row, ordinals[i], builders[i]);
            }
        }
        rows++;
    }

    /** The rows since the last batch. */
    Batch build(Origin origin) {
        List<Column> columns = new ArrayList<>(builders.length);
        for (ColumnBuilder builder : builders) {
            columns.add(builder.build());
        }
        Batch batch = Batch.of(schema, rows, columns, origin);
        rows = 0;
        return batch;
    }
}
