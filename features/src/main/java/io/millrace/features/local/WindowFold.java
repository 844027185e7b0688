package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.core.keyed.Fold;
import io.millrace.core.measure.Failures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Merges partial rows into tiles, and tiles into windows, one point in time after the other. */
final class WindowFold implements Fold {
    private final BoundFeatureStep step;
    private final TileTable tiles;

    WindowFold(BoundFeatureStep step, long memoryLimit) {
        this.step = step;
        this.tiles = new TileTable(step.features(), step.tiles(), memoryLimit);
    }

    @Override
    public void add(Batch partials) {
        tiles.add(partials);
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        Iterator<Values> values =
                step.single() ? new TileValues(step, tiles, batchRows) : new WindowValues(step, tiles, batchRows);
        return new Results(values, rejects);
    }

    /** The values of some entities at one or several points in time, without those that have none. */
    record Values(Column[] entity, Column asOf, Column[] measures, int rows, Failures failures) {}

    /** Puts rows together; those without a result go to the rejects. */
    private final class Results implements Iterator<Batch> {
        private final Iterator<Values> values;
        private final Rejects rejects;

        Results(Iterator<Values> values, Rejects rejects) {
            this.values = values;
            this.rejects = rejects;
        }

        @Override
        public boolean hasNext() {
            return values.hasNext();
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Values next = values.next();
            List<Column> columns = new ArrayList<>(Arrays.asList(next.entity));
            columns.add(next.asOf);
            columns.addAll(Arrays.asList(next.measures));
            Batch results = Batch.of(step.output(), next.rows, columns, null);
            next.failures
                    .byRow()
                    .forEach((row, failure) -> rejects.reject(results, row, failure.measure(), failure.reason()));
            return next.failures.byRow().isEmpty() ? results : results.select(next.failures.others(next.rows));
        }
    }
}
