package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import java.util.List;

/** IN a list of whole-number literals: open addressing over longs. */
final class LongSet extends Kernel {
    private final Kernel operand;
    private final long[] slots;
    private final boolean[] taken;

    LongSet(Kernel operand, long[] values) {
        super(DataType.BOOLEAN, List.of(operand), false);
        this.operand = operand;
        int capacity = Math.max(4, Integer.highestOneBit(values.length) * 4);
        this.slots = new long[capacity];
        this.taken = new boolean[capacity];
        for (long value : values) {
            int slot = slot(value);
            while (taken[slot] && slots[slot] != value) {
                slot = slot + 1 & capacity - 1;
            }
            taken[slot] = true;
            slots[slot] = value;
        }
    }

    private int slot(long value) {
        return (int) ((value ^ value >>> 32) * 0x9e3779b97f4a7c15L >>> 40) & slots.length - 1;
    }

    private boolean contains(long value) {
        int slot = slot(value);
        while (taken[slot]) {
            if (slots[slot] == value) {
                return true;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return false;
    }

    @Override
    public Column evaluate(Frame frame) {
        LongColumn column = (LongColumn) operand.evaluate(frame);
        long[] values = column.values();
        boolean[] result = new boolean[frame.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = contains(values[i]);
        }
        return BooleanColumn.of(result.length, column.nulls(), result);
    }
}
