package io.millrace.features.local;

import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Selection;
import io.millrace.core.measure.Failures;
import io.millrace.core.measure.GroupTable;
import io.millrace.core.measure.TileWindow;
import io.millrace.core.measure.WindowedGroups;
import io.millrace.features.TileGrid;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The values of measures over windows of several tiles, one point in time after the other. */
final class WindowValues implements Iterator<WindowFold.Values> {
    private static final int CHUNK = 8_192;

    private final BoundFeatureStep step;
    private final TileGrid grid;
    private final TileTable tiles;
    private final int batchRows;
    private long asOf;
    private WindowedGroups groups;
    private int from;

    WindowValues(BoundFeatureStep step, TileTable tiles, int batchRows) {
        this.step = step;
        this.grid = step.grid();
        this.tiles = tiles;
        this.batchRows = batchRows;
        this.asOf = step.firstAsOf() - 1;
    }

    @Override
    public boolean hasNext() {
        while ((groups == null || from >= groups.groups()) && asOf < step.lastAsOf()) {
            asOf++;
            groups = windows();
            from = 0;
        }
        return groups != null && from < groups.groups();
    }

    /** The windows that end with the tile {@link #asOf}. */
    private WindowedGroups windows() {
        List<TileWindow> windows = step.features().windows(grid, asOf);
        int longest = windows.stream().mapToInt(TileWindow::tiles).max().orElseThrow();
        WindowedGroups merged =
                new WindowedGroups(step.tiles().entityTypes(), step.features().boundMeasures(), windows);
        GroupTable all = tiles.groups();
        for (int start = 0; start < all.groups(); start += CHUNK) {
            merge(all, start, Math.min(start + CHUNK, all.groups()), longest, merged);
            tiles.checkMemory(merged.bytes());
        }
        return merged;
    }

    private void merge(GroupTable all, int start, int end, int longest, WindowedGroups into) {
        Column[] keys = all.keys(start, end);
        int entity = step.tiles().entityColumns();
        long[] numbers = ((LongColumn) keys[entity]).values();
        int[] held = new int[end - start];
        int[] ages = new int[end - start];
        int size = 0;
        for (int row = 0; row < held.length; row++) {
            long age = asOf - numbers[row];
            if (age >= 0 && age < longest) {
                held[size] = row;
                ages[size++] = (int) age;
            }
        }
        if (size == 0) {
            return;
        }
        Column[] owners = Arrays.copyOf(keys, entity);
        Column[] states = all.states(start, end);
        if (size < held.length) {
            Selection selection = Selection.of(held, size);
            owners = selected(owners, selection);
            states = selected(states, selection);
        }
        into.merge(owners, states, ages, size);
    }

    private static Column[] selected(Column[] columns, Selection selection) {
        return Arrays.stream(columns).map(column -> column.select(selection)).toArray(Column[]::new);
    }

    @Override
    public WindowFold.Values next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int to = (int) Math.min((long) from + batchRows, groups.groups());
        long[] numbers = new long[to - from];
        Arrays.fill(numbers, asOf);
        Failures failures = new Failures();
        WindowFold.Values values = new WindowFold.Values(
                groups.keys(from, to),
                AsOfColumn.of(step.features().view().grain(), grid, numbers),
                groups.results(from, to, failures),
                to - from,
                failures);
        from = to;
        return values;
    }
}
