package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * {@code deduplicate} without an order: the first row of a key goes on at once. A key is remembered until the clock is the
 * horizon behind its row. An event that comes later than that could be one that was forgotten, and is rejected as late; so a
 * repetition, which has the event time of its original, never passes, however late it comes.
 */
final class SeenKeys implements KeyedTask {
    private static final byte[] SEEN = {1};
    private static final long MICROS = 1_000_000;
    /** Into how many parts the horizon is divided for forgetting. */
    private static final int PARTS = 64;

    private final String label;
    private final RowKeys keys;
    private final OptionalInt eventTime;
    private final KeyedStore store;
    private final StreamClock clock;
    private final long horizon;
    private final long grain;

    SeenKeys(
            String label,
            Schema schema,
            List<String> key,
            OptionalInt eventTime,
            Duration horizon,
            KeyedStore store,
            StreamClock clock) {
        this.label = label;
        this.keys = new RowKeys(schema, key);
        this.eventTime = eventTime;
        this.store = store;
        this.clock = clock;
        this.horizon = horizon.toNanos() / 1_000;
        this.grain = Math.max(Math.min(MICROS, this.horizon), this.horizon / PARTS);
    }

    @Override
    public void add(Batch rows, OpenPiece piece, Consumer<Batch> onward) {
        long now = clock.now();
        LongColumn times = eventTime.isPresent() ? (LongColumn) rows.column(eventTime.getAsInt()) : null;
        Rejects rejects = piece.rejects().at(label);
        int[] kept = new int[rows.rowCount()];
        int count = 0;
        int late = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            long time = times == null || times.isNull(row) ? now : times.get(row);
            if (now != Long.MIN_VALUE && time < now - horizon) {
                rejects.reject(
                        rows, row, rows.schema().field(eventTime.getAsInt()).name(), OpenPiece.LATE);
                late++;
            } else if (first(rows, row, time)) {
                kept[count++] = row;
            }
        }
        piece.late(late);
        rejects.deduplicated(rows.rowCount() - count - late);
        if (count > 0) {
            onward.accept(rows.select(Selection.of(kept, count)));
        }
    }

    private boolean first(Batch rows, int row, long time) {
        keys.at(rows, row);
        store.turnTo(keys.bucket());
        String key = keys.key();
        if (store.has(key)) {
            return false;
        }
        store.put(key, SEEN);
        // Where neither the row nor the clock says when it is, nothing says when it may be forgotten.
        if (time != Long.MIN_VALUE) {
            store.remind(key, StreamClock.millis((Math.floorDiv(time + horizon, grain) + 1) * grain));
        }
        return true;
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void due(int bucket, long millis, OpenPiece piece, Consumer<Batch> onward) {
        store.turnTo(bucket);
        store.reminded(millis).forEach(store::remove);
    }
}
