package io.millrace.core.transform.aggregate;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.LongColumn;
import io.millrace.core.measure.BoundMeasures;
import io.millrace.core.measure.GroupTable;
import io.millrace.core.measure.IndexSort;
import io.millrace.core.window.SessionRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sessions: rows are grouped by their time, then the groups of a key are merged along the clock. The key holds the first and
 * the last time of what has been merged so far.
 */
final class SessionKeys implements WindowKeys {
    private static final int BATCH = 8_192;
    private static final List<Field> FIELDS =
            List.of(new Field("#first", DataType.TIMESTAMP, false), new Field("#last", DataType.TIMESTAMP, false));

    private final SessionRule rule;
    private final List<DataType> by;
    private final BoundMeasures measures;
    private final BoundMeasures nothing;

    /**
     * @param by the types of the key without the session
     * @param nothing no measures, for a table of keys alone
     */
    SessionKeys(SessionRule rule, List<DataType> by, BoundMeasures measures, BoundMeasures nothing) {
        this.rule = rule;
        this.by = by;
        this.measures = measures;
        this.nothing = nothing;
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    @Override
    public boolean separable() {
        return false;
    }

    @Override
    public List<Field> bounds() {
        return TileKeys.BOUNDS;
    }

    @Override
    public Column[] ofTimes(Column times, int count) {
        return new Column[] {times, times};
    }

    @Override
    public void spread(Column[] keys, int count, Taker taker) {
        taker.take(Optional.empty(), keys);
    }

    @Override
    public Column[] bounds(Column[] keys, int count) {
        long[] firsts = ((LongColumn) keys[0]).values();
        long[] lasts = ((LongColumn) keys[1]).values();
        long[] ends = new long[count];
        for (int row = 0; row < count; row++) {
            ends[row] = rule.end(firsts[row], lasts[row]);
        }
        return TileKeys.columns(DataType.TIMESTAMP, Arrays.copyOf(firsts, count), ends);
    }

    @Override
    public GroupTable merged(GroupTable table, boolean complete) {
        return complete || rule.mergesParts() ? merge(table) : table;
    }

    /** Any session that ended before could still have been continued by an earlier row. */
    @Override
    public long openUntil(long time) {
        return time == Long.MAX_VALUE ? time : time + 1;
    }

    @Override
    public long firstEnd(Column[] keys, int row) {
        return rule.end(start(keys, row), ((LongColumn) keys[1]).get(row));
    }

    @Override
    public long start(Column[] keys, int row) {
        return ((LongColumn) keys[0]).get(row);
    }

    private GroupTable merge(GroupTable table) {
        int count = table.groups();
        long[] firsts = new long[count];
        long[] lasts = new long[count];
        int[] keys = numberKeys(table, firsts, lasts);
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        IndexSort.sort(order, count, (one, other) -> {
            int byKey = Integer.compare(keys[one], keys[other]);
            return byKey != 0 ? byKey : Long.compare(firsts[one], firsts[other]);
        });
        for (int from = 0; from < count; ) {
            int to = sessionEnd(order, from, keys, firsts, lasts);
            long first = firsts[order[from]];
            long last = first;
            for (int i = from; i < to; i++) {
                last = Math.max(last, lasts[order[i]]);
            }
            for (int i = from; i < to; i++) {
                firsts[order[i]] = first;
                lasts[order[i]] = last;
            }
            from = to;
        }
        return relabelled(table, firsts, lasts);
    }

    /** The number of each group's key without the session; its times go into the arrays. */
    private int[] numberKeys(GroupTable table, long[] firsts, long[] lasts) {
        GroupTable known = new GroupTable(by, nothing);
        int[] numbers = new int[table.groups()];
        for (int from = 0; from < numbers.length; from += BATCH) {
            int to = Math.min(from + BATCH, numbers.length);
            Column[] keys = table.keys(from, to);
            known.merge(Arrays.copyOf(keys, by.size()), new Column[0], to - from);
            System.arraycopy(known.located(), 0, numbers, from, to - from);
            System.arraycopy(((LongColumn) keys[by.size()]).values(), 0, firsts, from, to - from);
            System.arraycopy(((LongColumn) keys[by.size() + 1]).values(), 0, lasts, from, to - from);
        }
        return numbers;
    }

    /** Where the session that begins at a place of the order ends. */
    private int sessionEnd(int[] order, int from, int[] keys, long[] firsts, long[] lasts) {
        int key = keys[order[from]];
        long last = lasts[order[from]];
        int to = from + 1;
        while (to < order.length
                && keys[order[to]] == key
                && rule.continues(firsts[order[from]], last, firsts[order[to]])) {
            last = Math.max(last, lasts[order[to]]);
            to++;
        }
        return to;
    }

    private GroupTable relabelled(GroupTable table, long[] firsts, long[] lasts) {
        List<DataType> types = new ArrayList<>(by);
        FIELDS.forEach(field -> types.add(field.type()));
        GroupTable merged = new GroupTable(types, measures);
        for (int from = 0; from < firsts.length; from += BATCH) {
            int to = Math.min(from + BATCH, firsts.length);
            Column[] keys = table.keys(from, to);
            Column[] session = TileKeys.columns(
                    DataType.TIMESTAMP, Arrays.copyOfRange(firsts, from, to), Arrays.copyOfRange(lasts, from, to));
            System.arraycopy(session, 0, keys, by.size(), session.length);
            merged.merge(keys, table.states(from, to), to - from);
        }
        return merged;
    }
}
