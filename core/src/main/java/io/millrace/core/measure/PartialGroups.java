package io.millrace.core.measure;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Combines rows of equal key into partial rows as long as the groups fit a bounded table. When it is full it is given out;
 * where it has not even halved the rows, the next ones pass through, each a partial row, before combining is tried again. One
 * thread.
 */
public final class PartialGroups {
    private static final int BATCH = 8_192;
    private static final long LEAST_MEMORY = 16L << 20;
    private static final long MOST_MEMORY = 128L << 20;
    private static final int MEMORY_SHARE = 32;
    /** How many times as many rows pass through as have been tried in vain. */
    private static final int PASSES = 8;

    private final List<DataType> key;
    private final BoundMeasures measures;
    private final Schema partial;
    private final UnaryOperator<GroupTable> merged;
    private final long memoryLimit;
    private final GroupTable apart;
    private GroupTable table;
    private long tableRows;
    private long passing;

    /**
     * @param key types of the key columns
     * @param partial of the partial rows: the key columns, then the states of the measures
     * @param merged brings groups together that only a whole table shows to be one, before it is given out
     * @param memoryLimit in bytes
     */
    public PartialGroups(
            List<DataType> key,
            BoundMeasures measures,
            Schema partial,
            UnaryOperator<GroupTable> merged,
            long memoryLimit) {
        this.key = key;
        this.measures = measures;
        this.partial = partial;
        this.merged = merged;
        this.memoryLimit = memoryLimit;
        this.apart = new GroupTable(List.of(), measures);
        this.table = new GroupTable(key, measures);
    }

    /** A small share of this process's memory, in bytes: several of them may be at work at once. */
    public static long memoryLimit() {
        return Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
    }

    /** @param keys a column for each of the key's types, a value for each row of the input */
    public void add(Column[] keys, RowInput input, Consumer<Batch> partials) {
        int count = input.rows().rowCount();
        if (passing > 0) {
            apart.addApart(input);
            partials.accept(partial(keys, apart.states(0, count), count));
            apart.clear();
            passing -= count;
            return;
        }
        table.add(keys, input);
        tableRows += count;
        if (table.bytes() > memoryLimit) {
            passing = tableRows < 2L * table.groups() ? PASSES * tableRows : 0;
            flush(partials);
        }
    }

    /** Gives out what has been combined. */
    public void flush(Consumer<Batch> partials) {
        GroupTable groups = merged.apply(table);
        for (int from = 0; from < groups.groups(); from += BATCH) {
            int to = Math.min(from + BATCH, groups.groups());
            partials.accept(partial(groups.keys(from, to), groups.states(from, to), to - from));
        }
        // One of its own, because a table that has grown keeps its size.
        table = new GroupTable(key, measures);
        tableRows = 0;
    }

    private Batch partial(Column[] keys, Column[] states, int count) {
        List<Column> columns = new ArrayList<>(Arrays.asList(keys));
        columns.addAll(Arrays.asList(states));
        return Batch.of(partial, count, columns, null);
    }
}
