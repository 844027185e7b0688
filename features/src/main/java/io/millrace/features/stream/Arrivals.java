package io.millrace.features.stream;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Selection;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import java.time.Duration;

/** Which events count, as event time stands. One thread. */
final class Arrivals {
    /** Why an event is rejected that comes too late. */
    static final String LATE = "late";

    private final BoundFeatures features;
    private final TileGrid grid;
    private final WindowBorders borders;
    private final int[] entity;
    private final int time;
    private final long lateness;
    private int late;
    private int corrections;

    Arrivals(BoundFeatures features, TileGrid grid, WindowBorders borders, Duration allowedLateness) {
        this.features = features;
        this.grid = grid;
        this.borders = borders;
        this.entity = features.view().entity().stream()
                .mapToInt(features.input()::require)
                .toArray();
        this.time = features.input().require(features.view().time());
        this.lateness = allowedLateness.toNanos() / 1_000;
    }

    /** The positions of the entity's columns. */
    int[] entity() {
        return entity;
    }

    /** The times of events. */
    long[] times(Batch rows) {
        return ((LongColumn) rows.column(time)).values();
    }

    /** The events that count; the others are rejected, or left out. */
    Batch of(Batch rows, long clock, Rejects rejects) {
        late = 0;
        corrections = 0;
        LongColumn times = (LongColumn) rows.column(time);
        boolean begun = clock != Long.MIN_VALUE;
        long closed = begun ? grid.start(grid.tile(clock)) : Long.MIN_VALUE;
        long oldest = begun ? grid.start(borders.first(grid.tile(clock) - 1)) : Long.MIN_VALUE;
        int[] kept = new int[rows.rowCount()];
        int size = 0;
        int refused = 0;
        for (int row = 0; row < kept.length; row++) {
            if (times.isNull(row)) {
                rejects.reject(rows, row, features.view().time(), "an event needs a time");
                refused++;
            } else if (begun && times.get(row) < clock - lateness) {
                rejects.reject(rows, row, features.view().time(), LATE);
                refused++;
                late++;
            } else if (times.get(row) >= oldest && somebodys(rows, row)) {
                corrections += times.get(row) < closed ? 1 : 0;
                kept[size++] = row;
            }
        }
        if (kept.length > size + refused) {
            rejects.filtered(kept.length - size - refused);
        }
        return size == kept.length ? rows : rows.select(Selection.of(kept, size));
    }

    private boolean somebodys(Batch rows, int row) {
        for (int column : entity) {
            if (rows.column(column).isNull(row)) {
                return false;
            }
        }
        return true;
    }

    /** How many of the last events were late. */
    int late() {
        return late;
    }

    /** How many of the last events counted although values over their tiles were final. */
    int corrections() {
        return corrections;
    }
}
