package io.millrace.core.measure;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The total order of rows: event time, then the declared tie-break columns, then the canonical bytes of the whole row, so
 * that rows which tie in all of it are interchangeable. Never the position in the source. Immutable.
 */
public final class RowOrder {
    /** The row's columns in the order in which they decide. */
    private final int[] positions;

    private final int leading;
    private final List<DataType> types = new ArrayList<>();

    private RowOrder(Schema schema, int[] positions, int leading) {
        this.positions = positions;
        this.leading = leading;
        for (int position : positions) {
            types.add(schema.field(position).type());
        }
    }

    /**
     * @param deciding event time and tie-break, in this order; may be empty
     * @param equal columns that are equal in all rows which are ever compared
     */
    static RowOrder of(Schema schema, List<String> deciding, List<String> equal) {
        List<Integer> order = new ArrayList<>();
        deciding.forEach(name -> order.add(schema.require(name)));
        for (int position = 0; position < schema.size(); position++) {
            if (!order.contains(position) && !equal.contains(schema.field(position).name())) {
                order.add(position);
            }
        }
        return new RowOrder(schema, order.stream().mapToInt(Integer::intValue).toArray(), deciding.isEmpty() ? 0 : 1);
    }

    /** Appends the first of what decides, which mostly decides alone. */
    void appendLeading(OrderedBytes into, Column[] columns, int row) {
        for (int i = 0; i < leading; i++) {
            into.append(columns[i], row);
        }
    }

    /** Appends what follows {@link #appendLeading}. */
    void appendRest(OrderedBytes into, Column[] columns, int row) {
        for (int i = leading; i < columns.length; i++) {
            into.append(columns[i], row);
        }
    }

    /** The columns of a batch in the order in which they decide. */
    Column[] columns(Batch batch) {
        Column[] columns = new Column[positions.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(positions[i]);
        }
        return columns;
    }

    /** Passes over the key of one row. */
    void skip(OrderedBytesReader reader) {
        types.forEach(reader::skip);
    }
}
