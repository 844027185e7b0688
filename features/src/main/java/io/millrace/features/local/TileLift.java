package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.Lift;
import io.millrace.core.measure.PartialGroups;
import io.millrace.core.measure.RowEvaluation;
import io.millrace.core.measure.RowInput;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Counts events by entity and tile, combined as far as memory allows. */
final class TileLift implements Lift {
    private final BoundFeatures features;
    private final TileGrid grid;
    private final long from;
    private final long to;
    private final int[] entity;
    private final int time;
    private final RowEvaluation evaluation;
    private final PartialGroups groups;

    /** @param from the first tile that counts; {@code to} the last one */
    TileLift(BoundFeatures features, TileSchema tiles, long from, long to) {
        this.features = features;
        this.grid = TileGrid.of(features.view().grain());
        this.from = from;
        this.to = to;
        this.entity = features.view().entity().stream()
                .mapToInt(features.input()::require)
                .toArray();
        this.time = features.input().require(features.view().time());
        this.evaluation = features.boundMeasures().evaluation();
        this.groups = new PartialGroups(
                tiles.keyTypes(),
                features.boundMeasures(),
                tiles.partial(),
                UnaryOperator.identity(),
                PartialGroups.memoryLimit());
    }

    @Override
    public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
        if (!rows.schema().equals(features.input())) {
            throw new IllegalArgumentException("bound to " + features.input() + ", got a batch of " + rows.schema());
        }
        RowInput input = evaluation.evaluate(wanted(rows, rejects), rejects);
        if (input.rows().rowCount() > 0) {
            groups.add(key(input.rows()), input, partials);
        }
    }

    @Override
    public void flush(Consumer<Batch> partials) {
        groups.flush(partials);
    }

    /** The events that have a time, an entity, and a tile that is looked at. */
    private Batch wanted(Batch rows, Rejects rejects) {
        LongColumn times = (LongColumn) rows.column(time);
        int count = rows.rowCount();
        int[] kept = new int[count];
        int size = 0;
        int untimed = 0;
        for (int row = 0; row < count; row++) {
            if (times.isNull(row)) {
                rejects.reject(rows, row, features.view().time(), "an event needs a time");
                untimed++;
                continue;
            }
            long tile = grid.tile(times.get(row));
            if (tile >= from && tile <= to && somebodys(rows, row)) {
                kept[size++] = row;
            }
        }
        if (count > size + untimed) {
            rejects.filtered(count - size - untimed);
        }
        return size == count ? rows : rows.select(Selection.of(kept, size));
    }

    private boolean somebodys(Batch rows, int row) {
        for (int column : entity) {
            if (rows.column(column).isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private Column[] key(Batch rows) {
        Column[] key = new Column[entity.length + 1];
        for (int i = 0; i < entity.length; i++) {
            key[i] = rows.column(entity[i]);
        }
        long[] times = ((LongColumn) rows.column(time)).values();
        long[] numbers = new long[rows.rowCount()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = grid.tile(times[row]);
        }
        key[entity.length] = TileSchema.numbers(numbers);
        return key;
    }
}
