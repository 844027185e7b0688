package io.millrace.features.local;

import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * A view's measures bound to the schema of its events. Events are counted in tiles where they are read; the fold makes windows
 * of tiles. A tile is counted once, however many windows and points in time it is looked at from.
 */
final class BoundFeatureStep implements BoundKeyedStep {
    private final BoundFeatures features;
    private final TileSchema tiles;
    private final long firstAsOf;
    private final long lastAsOf;
    private final long firstTile;
    private final boolean single;
    private final boolean tiled;

    /** @param tiled whether rows are tiles already */
    BoundFeatureStep(BoundFeatures features, AsOfRange range, boolean tiled) {
        this.tiled = tiled;
        this.features = features;
        this.tiles = TileSchema.of(features);
        TileGrid grid = grid();
        this.firstAsOf = range.first(grid);
        this.lastAsOf = range.last(grid);
        this.firstTile = BoundFeatures.firstTile(features.view(), grid, firstAsOf);
        this.single = features.windows(grid, lastAsOf).stream()
                .allMatch(window -> window.tiles() == 1 && window.halfLife().isEmpty());
    }

    BoundFeatures features() {
        return features;
    }

    TileSchema tiles() {
        return tiles;
    }

    /** For one thread. */
    TileGrid grid() {
        return TileGrid.of(features.view().grain());
    }

    /** The first tile as of whose end there are values. */
    long firstAsOf() {
        return firstAsOf;
    }

    long lastAsOf() {
        return lastAsOf;
    }

    /** The first tile that is looked at. */
    long firstTile() {
        return firstTile;
    }

    /** Whether each measure is over one tile, so that a tile is a result. */
    boolean single() {
        return single;
    }

    @Override
    public Schema partial() {
        return tiles.partial();
    }

    @Override
    public List<String> key() {
        List<String> key = new ArrayList<>(tiles.entity());
        if (single) {
            key.add(TileSchema.TILE);
        }
        return key;
    }

    @Override
    public Schema output() {
        return features.measured();
    }

    @Override
    public boolean groups() {
        return true;
    }

    @Override
    public Lift lift() {
        return tiled ? Lift.UNCHANGED : new TileLift(features, tiles, firstTile, lastAsOf);
    }

    @Override
    public Fold fold(long memoryLimit) {
        return new WindowFold(this, memoryLimit);
    }
}
