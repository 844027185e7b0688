package io.millrace.core.transform.sessionize;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.LongColumn;
import io.millrace.core.key.KeyReader;
import io.millrace.core.key.KeyRows;
import io.millrace.core.key.RowSort;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Footprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Keeps all rows of its keys, puts those of each key in order, and walks along them. One thread. */
final class SessionFold implements Fold {
    private final BoundSessionize bound;
    private final long memoryLimit;
    private final KeyReader keys;
    private final KeyRows groups;
    private final List<Batch> batches = new ArrayList<>();
    private final List<int[]> groupsOfRows = new ArrayList<>();
    private int groupCount;
    private long held;

    SessionFold(BoundSessionize bound, long memoryLimit) {
        this.bound = bound;
        this.memoryLimit = memoryLimit;
        this.keys = new KeyReader(
                bound.partial(), bound.key(), ThreadLocalRandom.current().nextLong());
        this.groups = new KeyRows(keys.kind());
    }

    @Override
    public void add(Batch partials) {
        held += Footprint.of(partials);
        if (held > memoryLimit) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    "sessionize: the events of " + groupCount + " keys, which must be sorted together, take more than "
                            + new ByteSize(memoryLimit) + " of memory; give the process more heap"
                            + " (MILLRACE_JAVA_OPTS=-Xmx8g), fewer workers (run.parallelism), or the run a smaller window;"
                            + " a single key with very many events may be no user at all: filter it out before");
        }
        int[] groupOfRow = new int[partials.rowCount()];
        keys.read(partials);
        for (int row = 0; row < groupOfRow.length; row++) {
            int slot = groups.find(keys, row);
            if (groups.row(slot) == KeyRows.NONE) {
                groups.set(slot, 0, groupCount++);
            }
            groupOfRow[row] = KeyRows.rowInBatch(groups.row(slot));
        }
        batches.add(partials);
        groupsOfRows.add(groupOfRow);
    }

    @Override
    public Iterator<Batch> finish(int batchRows, Rejects rejects) {
        int[] starts = new int[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], batches.get(i).rowCount());
        }
        int rows = starts[batches.size()];
        int[] batchOf = new int[rows];
        for (int i = 0; i < batches.size(); i++) {
            Arrays.fill(batchOf, starts[i], starts[i + 1], i);
        }
        int[] sorted = new int[rows];
        Arrays.setAll(sorted, row -> row);
        RowSort.sort(sorted, (one, other) -> compare(one, other, batchOf, starts));
        SessionValues values = new SessionValues(bound.step(), rows);
        int previousGroup = -1;
        for (int row : sorted) {
            int batch = batchOf[row];
            int place = row - starts[batch];
            int group = groupsOfRows.get(batch)[place];
            long time = ((LongColumn) batches.get(batch).column(bound.step().time())).get(place);
            values.next(row, time, group != previousGroup);
            previousGroup = group;
        }
        return results(values, starts, batchRows);
    }

    private int compare(int one, int other, int[] batchOf, int[] starts) {
        int batch = batchOf[one];
        int otherBatch = batchOf[other];
        int place = one - starts[batch];
        int otherPlace = other - starts[otherBatch];
        int byGroup =
                Integer.compare(groupsOfRows.get(batch)[place], groupsOfRows.get(otherBatch)[otherPlace]);
        return byGroup != 0
                ? byGroup
                : bound.order().compare(batches.get(batch), place, batches.get(otherBatch), otherPlace);
    }

    private Iterator<Batch> results(SessionValues values, int[] starts, int batchRows) {
        List<Batch> results = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            Batch batch = batches.get(i);
            List<Column> columns = new ArrayList<>(batch.columns());
            columns.addAll(values.columns(starts[i], starts[i + 1]));
            Batch result = Batch.of(bound.output(), batch.rowCount(), columns, null);
            for (int from = 0; from < result.rowCount(); from += batchRows) {
                results.add(result.slice(from, (int) Math.min(result.rowCount(), (long) from + batchRows)));
            }
        }
        return results.iterator();
    }
}
