package io.millrace.core.transform.check;

import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.lookup.KeyTypes;
import io.millrace.core.lookup.PreparedLookup;
import io.millrace.core.transform.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** {@code exists_in} with its look-up. */
final class BoundExistsIn implements BoundRule {
    private final ExistsIn rule;
    private final int[] positions;
    private final Schema questions;
    private final Lookup lookup;
    private final RuleTally tally;
    private final BitSet missed = new BitSet();

    /** @param lookup is closed with this rule */
    private BoundExistsIn(ExistsIn rule, int[] positions, Schema questions, Lookup lookup, RuleTally tally) {
        this.rule = rule;
        this.positions = positions;
        this.questions = questions;
        this.lookup = lookup;
        this.tally = tally;
    }

    /** A user error where the key's columns are not there, or of types that cannot be equal. */
    static BoundExistsIn of(ExistsIn rule, Schema input, List<String> theirNames, Lookup lookup, RuleTally tally) {
        int[] positions = rule.key().stream().mapToInt(input::require).toArray();
        Schema theirs = lookup instanceof PreparedLookup prepared ? prepared.keys() : lookup.schema();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            Field ours = input.field(positions[i]);
            int position = theirs.indexOf(theirNames.get(i));
            if (position >= 0) {
                try {
                    KeyTypes.requireComparable(ours, theirs.field(position));
                } catch (MillraceException unfit) {
                    throw unfit.during(i == 0 ? "on" : "with");
                }
            }
            fields.add(new Field(theirNames.get(i), ours.type(), ours.nullable()));
        }
        return new BoundExistsIn(rule, positions, Schema.of(fields), lookup, tally);
    }

    @Override
    public ExistsIn rule() {
        return rule;
    }

    @Override
    public RuleTally tally() {
        return tally;
    }

    @Override
    public void reject(Batch batch, Verdicts verdicts) {
        int[] rows = left(batch.rowCount(), verdicts);
        Batch keys = keys(batch);
        ask(rows.length == batch.rowCount() ? keys : keys.select(Selection.of(rows, rows.length)));
        for (int place = missed.nextSetBit(0); place >= 0; place = missed.nextSetBit(place + 1)) {
            verdicts.reject(rows[place], rule.column(), isNull(keys, rows[place]) ? "is null" : ExistsIn.REASON);
        }
        tally.count(rows.length, missed.cardinality());
    }

    @Override
    public void count(Batch batch) {
        ask(keys(batch));
        tally.count(batch.rowCount(), missed.cardinality());
    }

    /** Finds out which rows break the rule. */
    private void ask(Batch keys) {
        lookup.find(keys, missed);
        if (rule.allowsNull()) {
            for (int row = missed.nextSetBit(0); row >= 0; row = missed.nextSetBit(row + 1)) {
                missed.set(row, !isNull(keys, row));
            }
        }
    }

    private Batch keys(Batch batch) {
        List<Column> columns = new ArrayList<>();
        for (int position : positions) {
            columns.add(batch.column(position));
        }
        return Batch.of(questions, batch.rowCount(), columns, null);
    }

    private static int[] left(int count, Verdicts verdicts) {
        int[] rows = new int[count];
        int left = 0;
        for (int row = 0; row < count; row++) {
            rows[left] = row;
            left += verdicts.isGone(row) ? 0 : 1;
        }
        return Arrays.copyOf(rows, left);
    }

    private static boolean isNull(Batch keys, int row) {
        return keys.columns().stream().anyMatch(column -> column.isNull(row));
    }

    @Override
    public void close() {
        lookup.close();
    }
}
