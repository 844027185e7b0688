package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** IN a list of text literals: open addressing; a text is looked up by its size and its first and last eight bytes. */
final class TextSet extends Kernel {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Kernel operand;
    private final byte[][] slots;

    TextSet(Kernel operand, List<byte[]> values) {
        super(DataType.BOOLEAN, List.of(operand), false);
        this.operand = operand;
        this.slots = new byte[Math.max(4, Integer.highestOneBit(values.size()) * 4)][];
        for (byte[] value : values) {
            int slot = slot(value, 0, value.length);
            while (slots[slot] != null && !Arrays.equals(slots[slot], value)) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = value;
        }
    }

    private int slot(byte[] data, int from, int to) {
        int size = to - from;
        long first;
        long last = 0;
        if (size >= 8) {
            first = (long) LONGS.get(data, from);
            last = (long) LONGS.get(data, to - 8);
        } else if (from + 8 <= data.length) {
            first = (long) LONGS.get(data, from) & (1L << size * 8) - 1;
        } else {
            first = 0;
            for (int i = from; i < to; i++) {
                first |= (data[i] & 0xffL) << (i - from) * 8;
            }
        }
        long mixed = (first ^ Long.rotateLeft(last, 29) ^ size) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & slots.length - 1;
    }

    private boolean contains(byte[] data, int from, int to) {
        int slot = slot(data, from, to);
        while (slots[slot] != null) {
            byte[] candidate = slots[slot];
            if (candidate.length == to - from && Arrays.equals(candidate, 0, candidate.length, data, from, to)) {
                return true;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return false;
    }

    @Override
    public Column evaluate(Frame frame) {
        BytesColumn column = (BytesColumn) operand.evaluate(frame);
        byte[] data = column.data();
        int[] offsets = column.offsets();
        boolean[] result = new boolean[frame.rows()];
        for (int row = 0; row < result.length; row++) {
            result[row] = contains(data, offsets[row], offsets[row + 1]);
        }
        return BooleanColumn.of(result.length, column.nulls(), result);
    }
}
