package io.millrace.bench.steps;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import io.millrace.core.config.SettingsMaps;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.core.transform.aggregate.Aggregate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Ten million rows into one million groups with five measures, lift and fold, as one worker does it. */
final class Grouping implements Work {
    static final long ROWS = 10_000_000;
    static final long GROUPS = 1_000_000;
    /** Odd, so that rows of a group are far apart: row i has the key {@code i * SPREAD % GROUPS}. */
    static final long SPREAD = 2_654_435_761L;

    private static final Schema SCHEMA = Schema.of(
            Field.of("user_id", DataType.INT64), Field.of("amount", DataType.FLOAT64), Field.of("at", DataType.INT64));

    private final BoundKeyedStep step = SettingsMaps.bind(
                    Aggregate.class,
                    Aggregate.NAME,
                    Map.of(
                            "by",
                            List.of("user_id"),
                            "measures",
                            Map.of(
                                    "events", "count(*)",
                                    "total", "sum(amount)",
                                    "mean", "avg(amount)",
                                    "first_at", "min(at)",
                                    "last_at", "max(at)")))
            .bind(SCHEMA);
    private final List<Batch> batches = new ArrayList<>();

    Grouping() {
        for (long from = 0; from < ROWS; from += Sample.ROWS) {
            int rows = (int) Math.min(Sample.ROWS, ROWS - from);
            long[] keys = new long[rows];
            double[] amounts = new double[rows];
            long[] times = new long[rows];
            for (int row = 0; row < rows; row++) {
                long number = from + row;
                keys[row] = number * SPREAD % GROUPS;
                amounts[row] = number % 10_007 / 8.0;
                times[row] = number * 7 % 1_000_003;
            }
            List<Column> columns = List.of(
                    LongColumn.of(DataType.INT64, rows, NullBitmap.NONE, keys),
                    DoubleColumn.of(rows, NullBitmap.NONE, amounts),
                    LongColumn.of(DataType.INT64, rows, NullBitmap.NONE, times));
            batches.add(Batch.of(SCHEMA, rows, columns, null));
        }
    }

    @Override
    public long run() {
        Fold fold = step.fold(2L << 30);
        Lift lift = step.lift();
        NoRejects rejects = new NoRejects();
        for (Batch batch : batches) {
            lift.add(batch, fold::add, rejects);
        }
        lift.flush(fold::add);
        long groups = 0;
        Iterator<Batch> results = fold.finish(Sample.ROWS, rejects);
        while (results.hasNext()) {
            groups += results.next().rowCount();
        }
        if (groups != GROUPS) {
            throw new IllegalStateException(groups + " groups");
        }
        return ROWS;
    }
}
