package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.LongColumn;

/** {@code approx_count_distinct}: {@link HyperLogLog} registers of the one hash over canonical bytes. */
final class RegistersAccumulator extends HeldAccumulator<RegistersAccumulator.Registers> {
    private final OrderedBytes encoded = new OrderedBytes();

    RegistersAccumulator(Operands operands) {
        super(operands, "registers1");
    }

    @Override
    Registers create() {
        return new Registers();
    }

    @Override
    void add(Registers state, Column argument, int row, RowInput input) {
        encoded.clear();
        encoded.append(argument, row);
        state.sketch.add(StableHash.hash(encoded.bytes(), 0, encoded.length(), StableHash.SKETCH_SEED));
    }

    /** The registers of one group. */
    static final class Registers implements Held {
        private final HyperLogLog sketch = new HyperLogLog();

        @Override
        public void write(OrderedBytes into) {
            sketch.write(into);
        }

        @Override
        public void merge(byte[] data, int from, int to) {
            sketch.merge(data, from, to);
        }

        @Override
        public void finish(Measure.Basic measure, ColumnBuilder into) {
            ((LongColumn.Builder) into).append(sketch.estimate());
        }

        @Override
        public long bytes() {
            return 16 + sketch.bytes();
        }
    }
}
