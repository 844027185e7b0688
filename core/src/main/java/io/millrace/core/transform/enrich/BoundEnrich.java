package io.millrace.core.transform.enrich;

import io.millrace.api.BoundTransform;
import io.millrace.api.Lookup;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.lookup.Filling;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** {@code enrich} bound to a schema. */
final class BoundEnrich implements BoundTransform {
    private final Schema input;
    private final Schema questions;
    private final int[] asked;
    private final Lookup lookup;
    private final List<AddedColumn> added;
    private final Missing missing;
    private final String keyAtFault;
    private final String reason;
    private final Schema output;
    private final BitSet missed = new BitSet();

    /** @param asked positions in {@code input} of the columns of {@code questions} */
    BoundEnrich(
            Schema input,
            Schema questions,
            List<Integer> asked,
            Lookup lookup,
            Map<String, AddedColumn> added,
            EnrichSettings settings) {
        this.input = input;
        this.questions = questions;
        this.asked = asked.stream().mapToInt(Integer::intValue).toArray();
        this.lookup = lookup;
        this.added = List.copyOf(added.values());
        this.missing = settings.missing();
        this.keyAtFault =
                settings.on().size() == 1 ? settings.on().keySet().iterator().next() : null;
        this.reason = settings.asOf().isPresent()
                ? "has no version at that time in the table looked up"
                : "is not in the table looked up";
        List<Field> fields = new ArrayList<>(input.fields());
        this.added.forEach(column -> fields.add(column.field()));
        this.output = Schema.of(fields);
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public Batch apply(Batch batch, Rejects rejects) {
        if (!batch.schema().equals(input)) {
            throw new IllegalArgumentException("bound to " + input + ", got a batch of " + batch.schema());
        }
        List<Column> keys = new ArrayList<>(asked.length);
        for (int position : asked) {
            keys.add(batch.column(position));
        }
        Batch answers = lookup.find(Batch.of(questions, batch.rowCount(), keys, null), missed);
        if (missed.isEmpty() || missing instanceof Missing.SetNull) {
            return joined(batch, answers, false);
        } else if (missing instanceof Missing.Default) {
            return joined(batch, answers, true);
        }
        leaveOut(batch, rejects);
        Selection found = found(batch.rowCount());
        return joined(batch.select(found), answers.select(found), false);
    }

    private Batch joined(Batch batch, Batch answers, boolean filled) {
        List<Column> columns = batch.columns();
        for (AddedColumn column : added) {
            Column answer = answers.column(column.position());
            columns.add(filled && column.filling() != null ? Filling.fill(answer, missed, column.filling()) : answer);
        }
        return batch.withColumns(output, columns);
    }

    private void leaveOut(Batch batch, Rejects rejects) {
        if (missing instanceof Missing.DropRow) {
            rejects.filtered(missed.cardinality());
            return;
        }
        for (int row = missed.nextSetBit(0); row >= 0; row = missed.nextSetBit(row + 1)) {
            rejects.reject(batch, row, keyAtFault, reason);
        }
    }

    private Selection found(int rows) {
        int[] found = new int[rows - missed.cardinality()];
        int count = 0;
        for (int row = missed.nextClearBit(0); row < rows; row = missed.nextClearBit(row + 1)) {
            found[count++] = row;
        }
        return Selection.of(found, count);
    }

    @Override
    public void close() {
        lookup.close();
    }
}
