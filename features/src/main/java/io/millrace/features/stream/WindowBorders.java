package io.millrace.features.stream;

import io.millrace.core.window.WindowLength;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;
import io.millrace.features.TileGrid;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** When the values of an entity change without any event, because tiles leave windows. One thread. */
final class WindowBorders {
    private final FeatureView view;
    private final TileGrid grid;
    private final List<WindowLength> windows;
    private final boolean always;

    WindowBorders(FeatureView view, TileGrid grid) {
        this.view = view;
        this.grid = grid;
        this.windows =
                view.measures().values().stream().map(view::window).distinct().toList();
        Set<String> derived = view.derive().values().stream()
                .map(expression -> expression.columns())
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(HashSet::new));
        // What fades, or is computed from the point in time, changes with every one.
        this.always = view.measures().values().stream()
                        .anyMatch(measure -> measure.halfLife().isPresent())
                || view.grainColumns().stream().anyMatch(derived::contains);
    }

    /** The first tile that any window looks at which ends with a tile. */
    long first(long last) {
        return BoundFeatures.firstTile(view, grid, last);
    }

    /** The next tile, behind one, that windows which end with it give other values than before; some tile is in a window. */
    long next(EntityState entity, long last) {
        if (always) {
            return last + 1;
        }
        long next = Long.MAX_VALUE;
        for (WindowLength window : windows) {
            long from = grid.first(window, last);
            int oldest = entity.place(from);
            if (oldest < entity.tiles().length) {
                next = Math.min(next, leaves(window, entity.tiles()[oldest], last + 1 - from));
            }
        }
        return Math.max(next, last + 1);
    }

    /** The first tile with which a window ends that another tile has left; windows are about so many tiles long. */
    private long leaves(WindowLength window, long tile, long length) {
        long last = tile + length;
        while (grid.first(window, last) > tile) {
            last--;
        }
        while (grid.first(window, last) <= tile) {
            last++;
        }
        return last;
    }
}
