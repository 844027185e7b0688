package io.millrace.core.transform.normalize;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** A rule from values to int32, which in lists goes from element to element. Null elements stay null. */
abstract class ValueKernel extends Kernel {
    /** A result that is null. */
    static final int SET_NULL = Integer.MIN_VALUE;

    /** A result that rejects the row. */
    static final int REJECT = Integer.MIN_VALUE + 1;

    private static final ListType INTS = DataType.list(DataType.INT32);

    private int[] results = new int[0];

    ValueKernel(Field input, String name, boolean mayBeNull) {
        super(List.of(new Field(
                name,
                input.type() instanceof ListType ? INTS : DataType.INT32,
                input.nullable() || mayBeNull && !(input.type() instanceof ListType))));
    }

    /** The type of the values: of a list, of its elements. */
    static DataType element(DataType type) {
        return type instanceof ListType list ? list.element() : type;
    }

    @Override
    final List<Column> apply(Column input, RefusedRows refused) {
        int length = input.length();
        if (!(input instanceof ListColumn lists)) {
            results = new int[length];
            map(input, 0, length, results);
            long[] nulls = null;
            for (int row = 0; row < length; row++) {
                if (results[row] <= REJECT && !input.isNull(row)) {
                    nulls = settle(row, row, input.nulls(), length, nulls, refused);
                }
            }
            return List.of(column(input.nulls(), nulls, length));
        }
        int[] offsets = lists.offsets();
        int from = offsets[0];
        int count = offsets[length] - from;
        int[] moved = new int[length + 1];
        results = new int[count];
        map(lists.elements(), from, offsets[length], results);
        NullBitmap present = nullsFrom(lists.elements(), from, count);
        long[] nulls = null;
        for (int row = 0; row < length; row++) {
            moved[row + 1] = offsets[row + 1] - from;
            for (int i = moved[row]; i < moved[row + 1]; i++) {
                if (results[i] <= REJECT && !present.isNull(i)) {
                    nulls = settle(row, i, present, count, nulls, refused);
                }
            }
        }
        return List.of(ListColumn.of(INTS, length, lists.nulls(), moved, column(present, nulls, count)));
    }

    private long[] settle(int row, int place, NullBitmap nulls, int length, long[] words, RefusedRows refused) {
        if (results[place] == REJECT) {
            refused.refuse(row, "is not in the vocabulary");
            return words;
        }
        long[] set = words == null ? nulls.toWords(length) : words;
        set[place >> 6] |= 1L << place;
        return set;
    }

    private Column column(NullBitmap nulls, long[] words, int length) {
        return IntColumn.of(DataType.INT32, length, words == null ? nulls : NullBitmap.of(words), results);
    }

    private static NullBitmap nullsFrom(Column elements, int from, int count) {
        if (from == 0 || !elements.nulls().any()) {
            return elements.nulls();
        }
        long[] words = new long[NullBitmap.wordsFor(count)];
        for (int i = 0; i < count; i++) {
            if (elements.isNull(from + i)) {
                words[i >> 6] |= 1L << i;
            }
        }
        return NullBitmap.of(words);
    }

    /** The results of the values from {@code from} to {@code to}, from place 0 on; anything for a null. */
    abstract void map(Column values, int from, int to, int[] out);
}
