package io.millrace.core.transform.deduplicate;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Schema;
import io.millrace.core.key.RowOrder;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.Fold;
import io.millrace.core.keyed.Lift;
import java.util.List;

/** Keeps the first or last row of each key in a total order, which no split or worker has a part in. */
public final class OrderedDeduplication implements BoundKeyedStep {
    private final Schema schema;
    private final List<String> key;
    private final RowOrder order;
    private final boolean keepLast;

    /** A user error where a column is missing. */
    public OrderedDeduplication(Schema schema, List<String> key, List<String> orderBy, boolean keepLast) {
        this.schema = schema;
        this.key = List.copyOf(key);
        key.forEach(schema::require);
        this.order = RowOrder.by(orderBy, schema);
        this.keepLast = keepLast;
    }

    @Override
    public Schema partial() {
        return schema;
    }

    @Override
    public List<String> key() {
        return key;
    }

    @Override
    public Schema output() {
        return schema;
    }

    @Override
    public boolean groups() {
        return false;
    }

    @Override
    public Lift lift() {
        return Lift.UNCHANGED;
    }

    @Override
    public Fold fold(long memoryLimit) {
        return new BestRows(this, memoryLimit);
    }

    /** True where the first of two rows of a key stays rather than the other. */
    boolean better(Batch one, int row, Batch other, int otherRow) {
        int comparison = order.compare(one, row, other, otherRow);
        return keepLast ? comparison > 0 : comparison < 0;
    }
}
