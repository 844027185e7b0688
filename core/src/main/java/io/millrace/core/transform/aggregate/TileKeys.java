package io.millrace.core.transform.aggregate;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.Windows;
import io.millrace.core.measure.GroupTable;
import io.millrace.core.window.SlidingWindows;
import java.util.List;
import java.util.Optional;

/** Tumbling and sliding windows: rows are grouped by tile, and a tile goes into each window that it lies in. */
final class TileKeys implements WindowKeys {
    static final Field TILE = new Field("#tile", DataType.INT64, false);
    static final List<Field> BOUNDS = List.of(
            new Field(Windows.START, DataType.TIMESTAMP, false), new Field(Windows.END, DataType.TIMESTAMP, false));

    private final SlidingWindows windows;

    TileKeys(SlidingWindows windows) {
        this.windows = windows;
    }

    @Override
    public List<Field> fields() {
        return List.of(TILE);
    }

    @Override
    public boolean separable() {
        return windows.tumbling();
    }

    @Override
    public List<Field> bounds() {
        return BOUNDS;
    }

    @Override
    public Column[] ofTimes(Column times, int count) {
        long[] values = ((LongColumn) times).values();
        long[] tiles = new long[count];
        for (int row = 0; row < count; row++) {
            tiles[row] = windows.tile(values[row]);
        }
        return columns(DataType.INT64, tiles);
    }

    @Override
    public void spread(Column[] keys, int count, Taker taker) {
        if (windows.tumbling()) {
            taker.take(Optional.empty(), keys);
            return;
        }
        long[] tiles = ((LongColumn) keys[0]).values();
        for (int turn = 0; turn < windows.windowsPerTile(); turn++) {
            int[] held = new int[count];
            long[] found = new long[count];
            int size = 0;
            for (int row = 0; row < count; row++) {
                long window = windows.window(tiles[row], turn);
                if (windows.holds(window, tiles[row])) {
                    held[size] = row;
                    found[size++] = window;
                }
            }
            if (size > 0) {
                taker.take(
                        size == count ? Optional.empty() : Optional.of(Selection.of(held, size)),
                        new Column[] {LongColumn.of(DataType.INT64, size, NullBitmap.NONE, found)});
            }
        }
    }

    @Override
    public Column[] bounds(Column[] keys, int count) {
        long[] numbers = ((LongColumn) keys[0]).values();
        long[] starts = new long[count];
        long[] ends = new long[count];
        for (int row = 0; row < count; row++) {
            starts[row] = windows.start(numbers[row]);
            ends[row] = windows.end(numbers[row]);
        }
        return columns(DataType.TIMESTAMP, starts, ends);
    }

    @Override
    public GroupTable merged(GroupTable table, boolean complete) {
        return table;
    }

    @Override
    public long openUntil(long time) {
        return windows.firstEnd(windows.tile(time));
    }

    @Override
    public long firstEnd(Column[] keys, int row) {
        return windows.firstEnd(((LongColumn) keys[0]).get(row));
    }

    @Override
    public long start(Column[] keys, int row) {
        return windows.start(((LongColumn) keys[0]).get(row));
    }

    /** Columns without nulls of whole arrays. */
    static Column[] columns(DataType type, long[]... values) {
        Column[] columns = new Column[values.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = LongColumn.of(type, values[i].length, NullBitmap.NONE, values[i]);
        }
        return columns;
    }
}
