package io.millrace.features.local;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Selection;
import io.millrace.core.keyed.Lift;
import io.millrace.core.measure.GroupTable;
import io.millrace.core.measure.RowEvaluation;
import io.millrace.core.measure.RowInput;
import io.millrace.features.BoundFeatures;
import io.millrace.features.TileGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts events by entity and tile as long as the groups fit a bounded table. When it is full it is given out; where it has
 * not even halved the rows, the next ones pass through, each a partial row, before combining is tried again.
 */
final class TileLift implements Lift {
    private static final int BATCH = 8_192;
    private static final long LEAST_MEMORY = 16L << 20;
    private static final long MOST_MEMORY = 128L << 20;
    private static final int MEMORY_SHARE = 32;
    /** How many times as many rows pass through as have been tried in vain. */
    private static final int PASSES = 8;

    private final BoundFeatures features;
    private final TileSchema tiles;
    private final TileGrid grid;
    private final long from;
    private final long to;
    private final int[] entity;
    private final int time;
    private final RowEvaluation evaluation;
    private final GroupTable apart;
    private final long memoryLimit;
    private GroupTable table;
    private long tableRows;
    private long passing;

    /** @param from the first tile that counts; {@code to} the last one */
    TileLift(BoundFeatures features, TileSchema tiles, long from, long to) {
        this.features = features;
        this.tiles = tiles;
        this.grid = TileGrid.of(features.view().grain());
        this.from = from;
        this.to = to;
        this.entity = features.view().entity().stream()
                .mapToInt(features.input()::require)
                .toArray();
        this.time = features.input().require(features.view().time());
        this.evaluation = features.boundMeasures().evaluation();
        this.apart = new GroupTable(List.of(), features.boundMeasures());
        this.memoryLimit = Math.max(
                LEAST_MEMORY, Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
        this.table = emptyTable();
    }

    private GroupTable emptyTable() {
        return new GroupTable(tiles.keyTypes(), features.boundMeasures());
    }

    @Override
    public void add(Batch rows, Consumer<Batch> partials, Rejects rejects) {
        if (!rows.schema().equals(features.input())) {
            throw new IllegalArgumentException("bound to " + features.input() + ", got a batch of " + rows.schema());
        }
        RowInput input = evaluation.evaluate(wanted(rows, rejects), rejects);
        int count = input.rows().rowCount();
        if (count == 0) {
            return;
        }
        Column[] key = key(input.rows());
        if (passing > 0) {
            apart.addApart(input);
            partials.accept(partial(key, apart.states(0, count), count));
            apart.clear();
            passing -= count;
            return;
        }
        table.add(key, input);
        tableRows += count;
        if (table.bytes() > memoryLimit) {
            passing = tableRows < 2L * table.groups() ? PASSES * tableRows : 0;
            flush(partials);
        }
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

    private Batch partial(Column[] key, Column[] states, int count) {
        List<Column> columns = new ArrayList<>(Arrays.asList(key));
        columns.addAll(Arrays.asList(states));
        return Batch.of(tiles.partial(), count, columns, null);
    }

    @Override
    public void flush(Consumer<Batch> partials) {
        for (int start = 0; start < table.groups(); start += BATCH) {
            int end = Math.min(start + BATCH, table.groups());
            partials.accept(partial(table.keys(start, end), table.states(start, end), end - start));
        }
        // One of its own, because a table that has grown keeps its size.
        table = emptyTable();
        tableRows = 0;
    }
}
