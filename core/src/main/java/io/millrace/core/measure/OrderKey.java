package io.millrace.core.measure;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical bytes of a row's place in the total order of {@link io.millrace.core.key.RowOrder}: event time, then the
 * declared tie-break columns, then all others, so that rows which tie are interchangeable. Never the position in the source.
 * Columns that are equal in all rows of a group decide nothing and are left out. Immutable.
 */
public final class OrderKey {
    /** The row's columns in the order in which they decide. */
    private final int[] positions;

    private final int leading;
    private final List<DataType> types = new ArrayList<>();

    private OrderKey(Schema schema, int[] positions, int leading) {
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
    static OrderKey of(Schema schema, List<String> deciding, List<String> equal) {
        List<Integer> order = new ArrayList<>();
        deciding.forEach(name -> order.add(schema.require(name)));
        for (int position = 0; position < schema.size(); position++) {
            if (!order.contains(position)
                    && !equal.contains(schema.field(position).name())) {
                order.add(position);
            }
        }
        return new OrderKey(schema, order.stream().mapToInt(Integer::intValue).toArray(), deciding.isEmpty() ? 0 : 1);
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
