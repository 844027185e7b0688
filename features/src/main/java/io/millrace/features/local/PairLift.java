package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.kernel.RowFailures;
import io.millrace.core.key.KeyReader;
import io.millrace.core.keyed.Lift;
import io.millrace.features.Pairing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Says of each event whether it may be paired, and where it goes. */
final class PairLift implements Lift {
    private final BoundPairStep step;
    private final Pairing pairing;
    private final String time;
    private final BoundExpression where;
    private final KeyReader keys;
    private final RowFailures failures = new RowFailures();
    private long spread;

    PairLift(BoundPairStep step) {
        this.step = step;
        this.pairing = step.pairing();
        this.time = step.features().view().time();
        Schema events = step.features().events();
        this.where = pairing.where().bind(events, Instant.EPOCH);
        this.keys = new KeyReader(events, List.of(pairing.by()), 0);
    }

    @Override
    public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
        failures.begin(rows.rowCount());
        BooleanColumn met = (BooleanColumn) where.evaluate(rows, failures);
        BitSet failed = new BitSet();
        failures.forEach((row, source, reason) -> {
            rejects.reject(rows, row, null, reason);
            failed.set(row);
        });
        Column times = rows.column(time);
        for (int row = 0; row < rows.rowCount(); row++) {
            if (times.isNull(row) && !failed.get(row)) {
                rejects.reject(rows, row, time, "an event needs a time");
                failed.set(row);
            }
        }
        Column of = rows.column(pairing.of());
        Column by = rows.column(pairing.by());
        keys.read(rows);
        int count = rows.rowCount();
        boolean[] paired = new boolean[count];
        long[] places = new long[count];
        for (int row = 0; row < count; row++) {
            paired[row] = met.get(row) && !met.isNull(row) && !of.isNull(row) && !by.isNull(row);
            places[row] = paired[row] ? keys.first()[row] : spread++;
        }
        List<Column> columns = new ArrayList<>(rows.columns());
        columns.add(TileSchema.numbers(places));
        columns.add(BooleanColumn.of(count, NullBitmap.NONE, paired));
        Batch all = Batch.of(step.partial(), count, columns, null);
        partials.accept(failed.isEmpty() ? all : all.select(others(failed, count)));
    }

    private static Selection others(BitSet failed, int rows) {
        int[] kept = new int[rows - failed.cardinality()];
        for (int row = failed.nextClearBit(0), at = 0; row < rows; row = failed.nextClearBit(row + 1)) {
            kept[at++] = row;
        }
        return Selection.of(kept, kept.length);
    }

    @Override
    public void flush(Consumer<Batch> partials) {
        // Nothing is held back.
    }
}
