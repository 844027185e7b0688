package io.millrace.core.lookup;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.util.BitSet;

/** Asks a table in memory. The keys' columns come in the order of the request; of versions, the event time behind them. One thread. */
final class TableLookup implements PreparedLookup {
    private final LookupTable table;
    private final Schema keys;
    private final String description;
    private final LookupCounter counter;
    private final KeyHash hash = new KeyHash();
    private int[] found = new int[0];

    TableLookup(LookupTable table, Schema keys, String description, LookupCounter counter) {
        this.table = table;
        this.keys = keys;
        this.description = description;
        this.counter = counter;
    }

    @Override
    public Schema schema() {
        return table.answerSchema();
    }

    @Override
    public Schema keys() {
        return keys;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public Batch find(Batch asked, BitSet missing) {
        int count = asked.rowCount();
        int width = asked.schema().size() - (table.hasVersions() ? 1 : 0);
        Column[] columns = new Column[width];
        for (int i = 0; i < width; i++) {
            columns[i] = asked.column(i);
        }
        if (found.length < count) {
            found = new int[count];
        }
        Column time = table.hasVersions() ? asked.column(width) : null;
        table.find(columns, time, count, hash.of(columns, count), found);
        missing.clear();
        int misses = 0;
        for (int row = 0; row < count; row++) {
            if (found[row] < 0) {
                missing.set(row);
                misses++;
            }
        }
        counter.add(count, misses);
        return Batch.of(
                schema(), count, table.gather(found, count), asked.origin().orElse(null));
    }

    @Override
    public void close() {}
}
