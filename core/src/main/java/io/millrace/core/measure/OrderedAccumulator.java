package io.millrace.core.measure;

import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.ListColumn;

/**
 * {@code first}, {@code last} and {@code collect_list}: values with the canonical bytes of their row's place in the order
 * before them. Since these bytes end by themselves, entries compare as the rows do.
 */
final class OrderedAccumulator extends HeldAccumulator<OrderedAccumulator.Values> {
    private final DataType type;
    private final OrderKey order;
    private final int limit;
    private final boolean latest;
    private final OrderedBytes encoded = new OrderedBytes(true);
    private Column[] deciding = {};

    OrderedAccumulator(Operands operands, DataType type, OrderKey order, int limit, boolean latest) {
        super(operands, "ordered1");
        this.type = type;
        this.order = order;
        this.limit = limit;
        this.latest = latest;
    }

    @Override
    Values create() {
        return new Values();
    }

    @Override
    void begin(RowInput input) {
        deciding = order.columns(input.rows());
    }

    @Override
    void add(Values state, Column argument, int row, RowInput input) {
        encoded.clear();
        order.appendLeading(encoded, deciding, row);
        if (state.entries.wants(encoded.bytes(), 0, encoded.length())) {
            order.appendRest(encoded, deciding, row);
            encoded.append(argument, row);
            state.entries.add(encoded.bytes(), 0, encoded.length());
        }
    }

    /** The values of one group. */
    final class Values implements Held {
        private final SortedEntries entries = new SortedEntries(limit, latest, false);

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
                order.skip(reader);
                reader.skip(type);
                entries.add(data, start, reader.position());
            }
        }

        @Override
        public void finish(Measure.Basic measure, ColumnBuilder into) {
            boolean single = !measure.yieldsList();
            ColumnBuilder values = single ? into : ((ListColumn.Builder) into).elements();
            OrderedBytesReader reader = new OrderedBytesReader();
            byte[][] sorted = entries.sort();
            for (int i = 0; i < entries.size(); i++) {
                reader.over(sorted[i], 0, sorted[i].length);
                order.skip(reader);
                reader.read(values);
            }
            if (!single) {
                ((ListColumn.Builder) into).endRow();
            }
        }

        @Override
        public long bytes() {
            return 24 + entries.bytes();
        }
    }
}
