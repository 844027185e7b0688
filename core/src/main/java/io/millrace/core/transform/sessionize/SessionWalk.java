package io.millrace.core.transform.sessionize;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.core.key.RowSort;
import io.millrace.core.keyed.Walk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code sessionize} along the events of one key, some at a time. */
record SessionWalk(BoundSessionize bound) implements Walk {
    @Override
    public String time() {
        return bound.step().time();
    }

    @Override
    public List<String> by() {
        return bound.key();
    }

    @Override
    public Step next(Batch rows, byte[] before) {
        int[] sorted = new int[rows.rowCount()];
        Arrays.setAll(sorted, row -> row);
        RowSort.sort(sorted, (one, other) -> bound.order().compare(rows, one, rows, other));
        SessionValues values = new SessionValues(bound.step(), sorted.length);
        boolean first = before == null;
        if (!first) {
            values.goOn(SessionPlace.of(before));
        }
        LongColumn times = (LongColumn) rows.column(time());
        for (int row : sorted) {
            values.next(row, times.get(row), first);
            first = false;
        }
        List<Column> columns = new ArrayList<>(rows.columns());
        columns.addAll(values.columns(0, sorted.length));
        Batch results =
                Batch.of(bound.output(), sorted.length, columns, rows.origin().orElse(null));
        return new Step(results, values.place().toBytes());
    }
}
