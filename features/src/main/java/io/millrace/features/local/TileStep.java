package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.keyed.Lift;
import io.millrace.features.AsOfRange;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import java.util.Iterator;
import java.util.List;

/** What each day of a range adds to a view's measures: events in, a partial row for each entity and day out. */
record TileStep(FeatureStep measures, TileProvenance provenance) implements KeyedStep {
    @Override
    public BoundKeyedStep bind(Schema input) {
        BoundFeatures features = measures.features(input);
        provenance.events(features.events());
        TileGrid grid = TileGrid.of(features.view().grain());
        AsOfRange range = measures.range();
        return new Bound(features, TileSchema.of(features), range.first(grid), range.last(grid));
    }

    /** The step on events of one schema. */
    private record Bound(BoundFeatures features, TileSchema tiles, long first, long last) implements BoundKeyedStep {
        @Override
        public Schema partial() {
            return tiles.partial();
        }

        @Override
        public List<String> key() {
            return tiles.partial().names().subList(0, tiles.entityColumns() + 1);
        }

        @Override
        public Schema output() {
            return tiles.partial();
        }

        @Override
        public boolean groups() {
            return true;
        }

        @Override
        public Lift lift() {
            return new TileLift(features, tiles, first, last);
        }

        @Override
        public Fold fold(long memoryLimit) {
            TileTable table = new TileTable(features, tiles, memoryLimit);
            return new Fold() {
                @Override
                public void add(Batch partials) {
                    table.add(partials);
                }

                @Override
                public Iterator<Batch> finish(int batchRows, Rejects rejects) {
                    return table.partials(batchRows);
                }
            };
        }
    }
}
