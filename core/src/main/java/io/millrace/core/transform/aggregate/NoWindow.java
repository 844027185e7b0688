package io.millrace.core.transform.aggregate;

import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.core.measure.GroupTable;
import java.util.List;
import java.util.Optional;

/** Groups that span the run. */
final class NoWindow implements WindowKeys {
    private static final Column[] NONE = {};

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public boolean separable() {
        return true;
    }

    @Override
    public List<Field> bounds() {
        return List.of();
    }

    @Override
    public Column[] ofTimes(Column times, int count) {
        return NONE;
    }

    @Override
    public void spread(Column[] keys, int count, Taker taker) {
        taker.take(Optional.empty(), NONE);
    }

    @Override
    public Column[] bounds(Column[] keys, int count) {
        return NONE;
    }

    @Override
    public GroupTable merged(GroupTable table, boolean complete) {
        return table;
    }

    @Override
    public long openUntil(long time) {
        return Long.MAX_VALUE;
    }

    @Override
    public long firstEnd(Column[] keys, int row) {
        return Long.MAX_VALUE;
    }

    @Override
    public long start(Column[] keys, int row) {
        return Long.MIN_VALUE;
    }
}
