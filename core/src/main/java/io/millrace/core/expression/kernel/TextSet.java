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

/**
 * IN a list of text literals: open addressing. A text is found by its size and its first and last eight bytes, which for up to
 * sixteen bytes are all of them.
 */
final class TextSet extends Kernel {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WHOLE = 16;
    /** So many short texts are compared one by one, without branches, faster than they are looked up. */
    private static final int FEW = 8;

    private final Kernel operand;
    private final byte[][] texts;
    private final long[] firsts;
    private final long[] lasts;
    private final boolean fewAndShort;

    TextSet(Kernel operand, List<byte[]> values) {
        super(DataType.BOOLEAN, List.of(operand), false);
        this.operand = operand;
        this.fewAndShort = values.size() <= FEW && values.stream().allMatch(value -> value.length <= WHOLE);
        int capacity = fewAndShort ? FEW : Math.max(4, Integer.highestOneBit(values.size()) * 4);
        this.texts = new byte[capacity][];
        this.firsts = new long[capacity];
        this.lasts = new long[capacity];
        for (byte[] value : values) {
            long first = first(value, 0, value.length);
            long last = last(value, 0, value.length);
            int slot = fewAndShort ? 0 : slot(first, last, value.length);
            while (texts[slot] != null && !Arrays.equals(texts[slot], value)) {
                slot = slot + 1 & capacity - 1;
            }
            texts[slot] = value;
            firsts[slot] = first;
            lasts[slot] = last;
        }
    }

    /** The first eight bytes, or all where they are fewer. */
    private static long first(byte[] data, int from, int to) {
        int size = to - from;
        if (from + 8 <= data.length) {
            long mask = size >= 8 ? -1 : (1L << size * 8) - 1;
            return (long) LONGS.get(data, from) & mask;
        }
        long first = 0;
        for (int i = from; i < to; i++) {
            first |= (data[i] & 0xffL) << (i - from) * 8;
        }
        return first;
    }

    /** The last eight bytes, or 0 where there are fewer. */
    private static long last(byte[] data, int from, int to) {
        return to < 8 ? 0 : (long) LONGS.get(data, to - 8) & (to - from >= 8 ? -1 : 0);
    }

    private int slot(long first, long last, int size) {
        long mixed = (first ^ Long.rotateLeft(last, 29) ^ size) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40) & texts.length - 1;
    }

    private boolean contains(byte[] data, int from, int to) {
        int size = to - from;
        long first = first(data, from, to);
        long last = last(data, from, to);
        int slot = slot(first, last, size);
        while (texts[slot] != null) {
            byte[] text = texts[slot];
            if (firsts[slot] == first
                    && lasts[slot] == last
                    && text.length == size
                    && (size <= WHOLE || Arrays.equals(text, 0, size, data, from, to))) {
                return true;
            }
            slot = slot + 1 & texts.length - 1;
        }
        return false;
    }

    @Override
    public Column evaluate(Frame frame) {
        BytesColumn column = (BytesColumn) operand.evaluate(frame);
        boolean[] result = new boolean[frame.rows()];
        if (fewAndShort) {
            containsFew(column.data(), column.offsets(), result);
        } else {
            contains(column.data(), column.offsets(), result);
        }
        return BooleanColumn.of(result.length, column.nulls(), result);
    }

    private void contains(byte[] data, int[] offsets, boolean[] result) {
        for (int row = 0; row < result.length; row++) {
            result[row] = contains(data, offsets[row], offsets[row + 1]);
        }
    }

    private void containsFew(byte[] data, int[] offsets, boolean[] result) {
        int count = 0;
        while (count < FEW && texts[count] != null) {
            count++;
        }
        for (int row = 0; row < result.length; row++) {
            int from = offsets[row];
            int to = offsets[row + 1];
            long first = first(data, from, to);
            long last = last(data, from, to);
            boolean found = false;
            for (int i = 0; i < count; i++) {
                found |= firsts[i] == first & lasts[i] == last & texts[i].length == to - from;
            }
            result[row] = found;
        }
    }
}
