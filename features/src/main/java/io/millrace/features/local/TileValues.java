package io.millrace.features.local;

import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.core.measure.Failures;
import io.millrace.core.measure.GroupTable;
import io.millrace.features.TileGrid;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The values of measures over one tile each: every tile is a row. */
final class TileValues implements Iterator<WindowFold.Values> {
    private final BoundFeatureStep step;
    private final TileGrid grid;
    private final GroupTable groups;
    private final int batchRows;
    private int from;

    TileValues(BoundFeatureStep step, TileTable tiles, int batchRows) {
        this.step = step;
        this.grid = step.grid();
        this.groups = tiles.groups();
        this.batchRows = batchRows;
    }

    @Override
    public boolean hasNext() {
        return from < groups.groups();
    }

    @Override
    public WindowFold.Values next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int to = (int) Math.min((long) from + batchRows, groups.groups());
        Column[] keys = groups.keys(from, to);
        int entity = step.tiles().entityColumns();
        long[] numbers = Arrays.copyOf(((LongColumn) keys[entity]).values(), to - from);
        Failures failures = new Failures();
        WindowFold.Values values = new WindowFold.Values(
                Arrays.copyOf(keys, entity),
                AsOfColumn.of(step.features().view().grain(), grid, numbers),
                groups.results(from, to, failures),
                to - from,
                failures);
        from = to;
        return values;
    }
}
