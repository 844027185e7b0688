package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;

/** {@code approx_quantile}: {@link LogBuckets} of the values as doubles. */
final class BucketsAccumulator extends HeldAccumulator<BucketsAccumulator.Counts> {
    private final boolean whole;

    BucketsAccumulator(Operands operands, DataType type) {
        super(operands, "buckets1");
        this.whole = type.kind() == DataType.Kind.INT32 || type.kind() == DataType.Kind.INT64;
    }

    @Override
    Counts create() {
        return new Counts(whole);
    }

    @Override
    void add(Counts state, Column argument, int row, RowInput input) {
        double value;
        if (argument instanceof DoubleColumn doubles) {
            value = doubles.get(row);
        } else if (argument instanceof LongColumn longs) {
            value = longs.get(row);
        } else if (argument instanceof IntColumn ints) {
            value = ints.get(row);
        } else {
            value = ((DecimalColumn) argument).decimal(row).doubleValue();
        }
        state.buckets.add(value);
    }

    /** The buckets of one group. */
    static final class Counts implements Held {
        private final LogBuckets buckets;

        Counts(boolean whole) {
            this.buckets = new LogBuckets(whole);
        }

        @Override
        public void write(OrderedBytes into) {
            buckets.write(into);
        }

        @Override
        public void merge(byte[] data, int from, int to) {
            buckets.merge(data, from, to);
        }

        @Override
        public void finish(Measure.Basic measure, ColumnBuilder into) {
            ((DoubleColumn.Builder) into).append(buckets.quantile(((Measure.ApproxQuantile) measure).quantile()));
        }

        @Override
        public long bytes() {
            return 16 + buckets.bytes();
        }
    }
}
