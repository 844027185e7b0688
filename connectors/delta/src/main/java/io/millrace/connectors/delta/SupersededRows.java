package io.millrace.connectors.delta;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Counts the rows of a piece that the upsert will drop for a later row of the piece with their key. They are written all
 * the same: only the commit, which sees all pieces, leaves them out. One thread.
 */
final class SupersededRows {
    private final List<String> key;
    private final Set<String> partitions;
    private final KeyTable keys = new KeyTable();
    private final KeyBytes bytes = new KeyBytes();
    private long count;

    /** @param partitions the columns in which an empty text becomes null, so that it is nobody's key */
    SupersededRows(List<String> key, List<String> partitions) {
        this.key = List.copyOf(key);
        this.partitions = Set.copyOf(partitions);
    }

    /** How many there are so far. */
    long count() {
        return count;
    }

    /** Takes the rows of a batch that were written, and counts those that are superseded as deduplicated. */
    void add(Batch batch, BitSet rejected, Rejects rejects) {
        List<Column> columns = new ArrayList<>();
        key.forEach(name -> columns.add(batch.column(name)));
        int superseded = 0;
        for (int row = rejected.nextClearBit(0); row < batch.rowCount(); row = rejected.nextClearBit(row + 1)) {
            if (isKey(columns, row)) {
                bytes.set(columns, row);
                int before = keys.size();
                keys.put(bytes, row);
                superseded += keys.size() == before ? 1 : 0;
            }
        }
        if (superseded > 0) {
            rejects.deduplicated(superseded);
            count += superseded;
        }
    }

    private boolean isKey(List<Column> columns, int row) {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            boolean empty = column instanceof BytesColumn texts && texts.size(row) == 0;
            if (column.isNull(row) || empty && partitions.contains(key.get(i))) {
                return false;
            }
        }
        return true;
    }
}
