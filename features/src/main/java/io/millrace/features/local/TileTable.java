package io.millrace.features.local;

import io.millrace.api.ByteSize;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.core.measure.GroupTable;
import io.millrace.features.BoundFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Partial rows, those of equal entity and tile merged. One thread. */
final class TileTable {
    private final TileSchema schema;
    private final GroupTable groups;
    private final long memoryLimit;

    TileTable(BoundFeatures features, TileSchema schema, long memoryLimit) {
        this.schema = schema;
        this.groups = new GroupTable(schema.keyTypes(), features.boundMeasures());
        this.memoryLimit = memoryLimit;
    }

    void add(Batch partials) {
        if (!partials.schema().equals(schema.partial())) {
            throw new IllegalArgumentException(
                    "partial rows are of " + schema.partial() + ", got a batch of " + partials.schema());
        }
        int keys = schema.entityColumns() + 1;
        groups.merge(
                columns(partials, 0, keys), columns(partials, keys, keys + schema.stateColumns()), partials.rowCount());
        checkMemory(0);
    }

    /** A data error where these tiles and so many more bytes are too much. */
    void checkMemory(long more) {
        if (groups.bytes() + more > memoryLimit) {
            throw GroupTable.tooLarge("the tiles of " + groups.groups() + " entities and days take more than "
                    + new ByteSize(memoryLimit) + " of memory at once");
        }
    }

    private static Column[] columns(Batch batch, int from, int to) {
        Column[] columns = new Column[to - from];
        for (int i = from; i < to; i++) {
            columns[i - from] = batch.column(i);
        }
        return columns;
    }

    GroupTable groups() {
        return groups;
    }

    /** All tiles as partial rows. */
    Iterator<Batch> partials(int batchRows) {
        return new Iterator<>() {
            private int from;

            @Override
            public boolean hasNext() {
                return from < groups.groups();
            }

            @Override
            public Batch next() {
                int to = (int) Math.min((long) from + batchRows, groups.groups());
                List<Column> columns = new ArrayList<>(Arrays.asList(groups.keys(from, to)));
                columns.addAll(Arrays.asList(groups.states(from, to)));
                Batch batch = Batch.of(schema.partial(), to - from, columns, null);
                from = to;
                return batch;
            }
        };
    }
}
