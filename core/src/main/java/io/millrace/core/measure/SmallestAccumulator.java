package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.ListColumn;

/** {@code collect_set(x, n)}: the n smallest distinct values. */
final class SmallestAccumulator extends HeldAccumulator<SmallestAccumulator.Smallest> {
    private final int limit;
    private final DataType type;
    private final OrderedBytes encoded = new OrderedBytes();

    SmallestAccumulator(Operands operands, DataType type, int limit) {
        super(operands, "smallest1");
        this.type = type;
        this.limit = limit;
    }

    @Override
    Smallest create() {
        return new Smallest(limit, type);
    }

    @Override
    void add(Smallest state, Column argument, int row, RowInput input) {
        encoded.clear();
        encoded.append(argument, row);
        state.entries.add(encoded.bytes(), 0, encoded.length());
    }

    /** The values of one group. */
    static final class Smallest implements Held {
        private final SortedEntries entries;
        private final DataType type;

        Smallest(int limit, DataType type) {
            this.entries = new SortedEntries(limit, false, true);
            this.type = type;
        }

        @Override
        public void write(OrderedBytes into) {
            byte[][] sorted = entries.sort();
            for (int i = 0; i < entries.size(); i++) {
                into.appendRaw(sorted[i], 0, sorted[i].length);
            }
        }

        @Override
        public void merge(byte[] data, int from, int to) {
            OrderedBytesReader reader = new OrderedBytesReader().over(data, from, to);
            while (reader.hasMore()) {
                int start = reader.position();
                reader.skip(type);
                entries.add(data, start, reader.position());
            }
        }

        @Override
        public void finish(Measure.Basic measure, ColumnBuilder into) {
            ListColumn.Builder list = (ListColumn.Builder) into;
            OrderedBytesReader reader = new OrderedBytesReader();
            byte[][] sorted = entries.sort();
            for (int i = 0; i < entries.size(); i++) {
                reader.over(sorted[i], 0, sorted[i].length).read(list.elements());
            }
            list.endRow();
        }

        @Override
        public long bytes() {
            return 24 + entries.bytes();
        }
    }
}
