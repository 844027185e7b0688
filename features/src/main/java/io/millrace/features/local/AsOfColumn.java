package io.millrace.features.local;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.features.Grain;
import io.millrace.features.TileGrid;

/** The column that says when values are of: the day, or the point in time. */
public final class AsOfColumn {
    private AsOfColumn() {}

    /** For values as of the ends of these tiles. */
    public static Column of(Grain grain, TileGrid grid, long[] tiles) {
        if (grain instanceof Grain.Days) {
            int[] days = new int[tiles.length];
            for (int row = 0; row < days.length; row++) {
                days[row] = row > 0 && tiles[row] == tiles[row - 1]
                        ? days[row - 1]
                        : (int) grid.day(tiles[row]).toEpochDay();
            }
            return IntColumn.of(DataType.DATE, days.length, NullBitmap.NONE, days);
        }
        long[] times = new long[tiles.length];
        for (int row = 0; row < times.length; row++) {
            times[row] = grid.end(tiles[row]);
        }
        return LongColumn.of(DataType.TIMESTAMP, times.length, NullBitmap.NONE, times);
    }
}
