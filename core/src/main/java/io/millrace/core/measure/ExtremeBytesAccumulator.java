package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import java.util.Arrays;

/** {@code min} and {@code max} of text, bytes, wide decimals and lists: the canonical bytes of the least or greatest. */
final class ExtremeBytesAccumulator extends HeldAccumulator<ExtremeBytesAccumulator.Extreme> {
    private final boolean greatest;
    private final OrderedBytes encoded = new OrderedBytes();

    ExtremeBytesAccumulator(Operands operands, boolean greatest) {
        super(operands, "value_bytes1");
        this.greatest = greatest;
    }

    @Override
    Extreme create() {
        return new Extreme(greatest);
    }

    @Override
    void add(Extreme state, Column argument, int row, RowInput input) {
        encoded.clear();
        encoded.append(argument, row);
        state.merge(encoded.bytes(), 0, encoded.length());
    }

    /** The extreme of one group. */
    static final class Extreme implements Held {
        private final boolean greatest;
        private byte[] value;

        Extreme(boolean greatest) {
            this.greatest = greatest;
        }

        @Override
        public void merge(byte[] data, int from, int to) {
            if (value != null) {
                int order = Arrays.compareUnsigned(data, from, to, value, 0, value.length);
                if (greatest ? order <= 0 : order >= 0) {
                    return;
                }
            }
            value = Arrays.copyOfRange(data, from, to);
        }

        @Override
        public void write(OrderedBytes into) {
            into.appendRaw(value, 0, value.length);
        }

        @Override
        public void finish(Measure.Basic measure, ColumnBuilder into) {
            new OrderedBytesReader().over(value, 0, value.length).read(into);
        }

        @Override
        public long bytes() {
            return 24 + (value == null ? 0 : 16 + value.length);
        }
    }
}
