package io.millrace.core.measure;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Groups by key, each with the state of the measures' accumulators. Rows and partial rows are taken in batches, column by
 * column; groups are numbered in the order of their first row. One thread.
 */
public final class GroupTable {
    private static final String REMEDY = "; give the process more heap (MILLRACE_JAVA_OPTS=-Xmx8g), fewer workers"
            + " (run.parallelism), the run a smaller window (--start, --end), or leave it to engine: spark";

    private final BoundMeasures measures;
    private final GroupRows rows = new GroupRows();
    private final GroupKeys keys;
    private final List<Accumulator> accumulators;
    private int[] groups = {};

    /** @param key the types of the key's columns */
    public GroupTable(List<DataType> key, BoundMeasures measures) {
        this.measures = measures;
        this.keys = GroupKeys.of(key, rows);
        this.accumulators = measures.accumulators(rows);
    }

    /** What to throw where a table has come to a limit. */
    public static MillraceException tooLarge(String problem) {
        return new MillraceException(ErrorKind.DATA, "aggregate: " + problem + REMEDY);
    }

    /** Takes rows in by their keys. */
    public void add(Column[] key, RowInput input) {
        int count = input.rows().rowCount();
        keys.locate(key, count, room(count));
        accumulate(count, input);
    }

    /** Makes each row a group of its own, in the order of the rows. For a table that is empty, and cleared afterwards. */
    public void addApart(RowInput input) {
        int count = input.rows().rowCount();
        int[] apart = room(count);
        for (int row = 0; row < count; row++) {
            apart[row] = row;
        }
        rows.append(count);
        accumulate(count, input);
    }

    private void accumulate(int count, RowInput input) {
        for (Accumulator accumulator : accumulators) {
            accumulator.grow(rows.groups());
            accumulator.add(groups, count, input);
        }
    }

    /** Takes partial rows in: states in the order of {@link BoundMeasures#states()}. */
    public void merge(Column[] key, Column[] states, int count) {
        keys.locate(key, count, room(count));
        int at = 0;
        for (Accumulator accumulator : accumulators) {
            int end = at + accumulator.stateColumns().size();
            accumulator.grow(rows.groups());
            accumulator.merge(groups, count, Arrays.copyOfRange(states, at, end));
            at = end;
        }
    }

    private int[] room(int count) {
        if (groups.length < count) {
            groups = new int[count];
        }
        return groups;
    }

    /** The group of each row that was last taken in; valid until the next call. */
    public int[] located() {
        return groups;
    }

    /** How many groups there are. */
    public int groups() {
        return rows.groups();
    }

    /** The keys of the groups from {@code from} to {@code to}. */
    public Column[] keys(int from, int to) {
        return keys.build(from, to);
    }

    /** The states of these groups, in the order of {@link BoundMeasures#states()}. */
    public Column[] states(int from, int to) {
        return accumulators.stream()
                .flatMap(accumulator -> Arrays.stream(accumulator.states(from, to)))
                .toArray(Column[]::new);
    }

    /** The measures' results for these groups. */
    public Column[] results(int from, int to, Failures failures) {
        return measures.plans().stream()
                .map(plan -> plan.compute(accumulators, from, to, failures))
                .toArray(Column[]::new);
    }

    /** Bytes of memory taken. */
    public long bytes() {
        long bytes = rows.bytes() + keys.bytes() + 4L * groups.length;
        for (Accumulator accumulator : accumulators) {
            bytes += accumulator.bytes();
        }
        return bytes;
    }

    /** Forgets all groups, and keeps most of the memory for the next. */
    public void clear() {
        keys.clear();
        rows.clear();
        accumulators.forEach(Accumulator::clear);
    }
}
