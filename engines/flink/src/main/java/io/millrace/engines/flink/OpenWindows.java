package io.millrace.engines.flink;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Lift;
import io.millrace.core.keyed.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A keyed step with windows: rows are added up into partial rows, these are kept by key, and a window's result goes on once,
 * when the watermark and the allowed lateness have passed its end. What comes for a window later than that is late.
 */
final class OpenWindows implements KeyedTask {
    /** How many partial rows may wait outside of the state. */
    private static final int PENDING = 8_192;
    /** How many keys' windows are finished together. */
    private static final int KEYS_AT_ONCE = 512;

    private final String label;
    private final BoundKeyedStep step;
    private final Windows windows;
    private final WindowParts parts;
    private final RowKeys inRows;
    private final int time;
    private final KeyedStore store;
    private final StreamClock clock;
    private final Lift lift;
    private final List<Batch> pending = new ArrayList<>();
    private int pendingRows;

    /** @param clock the watermark, less what may come late */
    OpenWindows(
            String label, Schema input, BoundKeyedStep step, Duration lateness, KeyedStore store, StreamClock clock) {
        this.label = label;
        this.step = step;
        this.windows = step.windows().orElseThrow();
        this.parts = new WindowParts(step, windows, lateness, store);
        this.inRows = new RowKeys(input, windows.by());
        this.time = input.require(windows.time());
        this.store = store;
        this.clock = clock;
        this.lift = step.lift();
    }

    @Override
    public void add(Batch rows, OpenPiece piece, Consumer<Batch> onward) {
        Rejects rejects = piece.rejects().at(label);
        Batch inTime = inTime(rows, piece, rejects);
        if (inTime.rowCount() == 0) {
            return;
        }
        long refused = piece.rejects().rejected();
        lift.add(inTime, this::hold, rejects);
        piece.folded(inTime.rowCount() - (piece.rejects().rejected() - refused));
        if (pendingRows > PENDING) {
            flush();
        }
    }

    private Batch inTime(Batch rows, OpenPiece piece, Rejects rejects) {
        long now = clock.now();
        LongColumn times = (LongColumn) rows.column(time);
        int[] kept = new int[rows.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.rowCount(); row++) {
            if (times.isNull(row) || windows.openUntil(times.get(row)) > now) {
                kept[count++] = row;
            } else {
                rejects.reject(rows, row, windows.time(), OpenPiece.LATE);
            }
        }
        piece.late(rows.rowCount() - count);
        return count == rows.rowCount() ? rows : rows.select(Selection.of(kept, count));
    }

    private void hold(Batch partials) {
        pending.add(partials);
        pendingRows += partials.rowCount();
    }

    @Override
    public void flush() {
        lift.flush(this::hold);
        pending.forEach(partials -> parts.add(partials));
        pending.clear();
        pendingRows = 0;
        store.flush();
    }

    @Override
    public void due(int bucket, long millis, OpenPiece piece, Consumer<Batch> onward) {
        store.turnTo(bucket);
        Set<String> keys = store.reminded(millis);
        Map<String, WindowEntry> chunk = new LinkedHashMap<>();
        for (String key : keys) {
            byte[] entry = store.get(key);
            if (entry != null) {
                WindowEntry known = WindowEntry.of(entry);
                // It may have been looked at meanwhile, for another reminder.
                if (known.due() <= clock.now()) {
                    chunk.put(key, known);
                }
            }
            if (chunk.size() == KEYS_AT_ONCE) {
                close(chunk, piece, onward);
            }
        }
        if (!chunk.isEmpty()) {
            close(chunk, piece, onward);
        }
    }

    private void close(Map<String, WindowEntry> chunk, OpenPiece piece, Consumer<Batch> onward) {
        new EndedWindows(step, windows, chunk, clock.now()).giveOut(label, piece, onward, parts::replace);
        chunk.clear();
    }
}
