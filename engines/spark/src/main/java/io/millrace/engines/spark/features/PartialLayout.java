package io.millrace.engines.spark.features;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that cross Spark's shuffle: partial rows, their key first, and between them notes of what the task that made
 * them has counted. Since rows and notes travel together, whichever attempt at a task counts, they count together.
 *
 * <p>Columns: the key, the partial row's other columns, the kind (0 for a partial row, else the number of a note), the note.
 */
final class PartialLayout {
    private static final Field KIND = new Field("#kind", DataType.INT32, false);
    private static final Field NOTE = new Field("#note", DataType.BINARY, true);

    private final Schema partial;
    private final Schema rows;
    private final int keys;
    /** Where each column of the rows comes from. */
    private final int[] order;

    PartialLayout(Schema partial, List<String> key) {
        this.partial = partial;
        this.keys = key.size();
        List<Field> fields = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        key.forEach(name -> positions.add(partial.require(name)));
        for (int i = 0; i < partial.size(); i++) {
            if (!positions.contains(i)) {
                positions.add(i);
            }
        }
        // A note is a row without a key.
        positions.forEach(position -> fields.add(partial.field(position).withNullable(true)));
        fields.add(KIND);
        fields.add(NOTE);
        this.rows = Schema.of(fields);
        this.order = positions.stream().mapToInt(Integer::intValue).toArray();
    }

    Schema rows() {
        return rows;
    }

    /** The columns that bring rows together: those of the key, and the kind behind them. */
    List<String> together() {
        List<String> names = new ArrayList<>(rows.names().subList(0, keys));
        names.add(KIND.name());
        return names;
    }

    int keys() {
        return keys;
    }

    int kindOrdinal() {
        return order.length;
    }

    int noteOrdinal() {
        return order.length + 1;
    }

    /** Takes the partial rows out of rows again. */
    RowBuilder reader() {
        int[] ordinals = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ordinals[order[i]] = i;
        }
        return new RowBuilder(partial, ordinals);
    }

    /** Rows of partial rows. */
    Batch of(Batch partials) {
        int count = partials.rowCount();
        List<Column> columns = new ArrayList<>();
        for (int position : order) {
            columns.add(partials.column(position));
        }
        columns.add(IntColumn.of(DataType.INT32, count, NullBitmap.NONE, new int[count]));
        columns.add(BytesColumn.of(DataType.BINARY, count, allNull(count), new byte[0], new int[count + 1]));
        return Batch.of(rows, count, columns, null);
    }

    private static NullBitmap allNull(int count) {
        long[] words = new long[NullBitmap.wordsFor(count)];
        Arrays.fill(words, -1);
        return NullBitmap.of(words);
    }

    /** A row that is a note; equal numbers come to the same place. */
    Batch note(int number, byte[] note) {
        Map<String, Object> cells = new HashMap<>();
        cells.put(KIND.name(), 1 + (number & Integer.MAX_VALUE >> 1));
        cells.put(NOTE.name(), note);
        return Batch.ofRecords(rows, List.of(cells));
    }
}
