package io.millrace.core.transform.normalize;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.learned.ValueIds;
import io.millrace.core.learned.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Vectors of zeros and ones, as a list or as columns. Of lists, null elements count for nothing. */
final class HotKernel extends Kernel {
    /** The most positions: a batch holds all of them for each row. */
    static final int MOST = 1000;

    private static final ListType INTS = DataType.list(DataType.INT32);

    private final ValueIds ids;
    private final Outside unknown;
    private final boolean columns;
    private final int width;
    private int[] places = new int[0];

    HotKernel(Field input, String name, Vocabulary vocabulary, Outside unknown, boolean columns) {
        super(columns ? named(input, name, vocabulary, unknown) : List.of(new Field(name, INTS, input.nullable())));
        vocabulary.requireFits(input.type());
        this.ids = vocabulary.ids();
        this.unknown = unknown;
        this.columns = columns;
        this.width = vocabulary.size() + (unknown == Outside.POSITION ? 1 : 0);
    }

    private static List<Field> named(Field input, String name, Vocabulary vocabulary, Outside unknown) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < vocabulary.size(); i++) {
            fields.add(new Field(name + "_" + vocabulary.text(i), DataType.INT32, input.nullable()));
        }
        if (unknown == Outside.POSITION) {
            fields.add(new Field(name + "_unknown", DataType.INT32, input.nullable()));
        }
        return fields;
    }

    static void requireList(DataType type, boolean list) {
        if (type instanceof ListType != list) {
            throw MillraceException.user(
                    list
                            ? "multi_hot is for lists, not for " + type + "; use one_hot"
                            : "one_hot is for single values, not for " + type + "; use multi_hot");
        }
    }

    @Override
    List<Column> apply(Column input, RefusedRows refused) {
        int length = input.length();
        int[] offsets = input instanceof ListColumn lists ? lists.offsets() : null;
        Column values = input instanceof ListColumn lists ? lists.elements() : input;
        int from = offsets == null ? 0 : offsets[0];
        int to = offsets == null ? length : offsets[length];
        if (places.length < to - from) {
            places = new int[to - from];
        }
        ids.find(values, from, to, places);
        NullBitmap nulls = input.nulls();
        int[] ones = new int[Math.multiplyExact(length, width)];
        for (int row = 0; row < length; row++) {
            int first = offsets == null ? row : offsets[row];
            int end = offsets == null ? row + 1 : offsets[row + 1];
            for (int i = first; i < end; i++) {
                int place = places[i - from];
                if (values.isNull(i)) {
                    continue;
                }
                if (place >= 0) {
                    ones[at(row, place, length)] = 1;
                } else if (unknown == Outside.POSITION) {
                    ones[at(row, width - 1, length)] = 1;
                } else if (unknown == Outside.REJECT) {
                    refused.refuse(row, "is not in the vocabulary");
                }
            }
        }
        return columns ? split(ones, nulls, length) : List.of(list(ones, nulls, length));
    }

    /** Lists are laid out row by row, columns one behind the other. */
    private int at(int row, int place, int length) {
        return columns ? place * length + row : row * width + place;
    }

    private List<Column> split(int[] ones, NullBitmap nulls, int length) {
        List<Column> split = new ArrayList<>(width);
        for (int place = 0; place < width; place++) {
            int[] values = Arrays.copyOfRange(ones, place * length, (place + 1) * length);
            split.add(IntColumn.of(DataType.INT32, length, nulls, values));
        }
        return split;
    }

    private Column list(int[] ones, NullBitmap nulls, int length) {
        int[] offsets = new int[length + 1];
        int end = 0;
        for (int row = 0; row < length; row++) {
            if (!nulls.isNull(row)) {
                // A null list is empty: what follows moves up.
                System.arraycopy(ones, row * width, ones, end, width);
                end += width;
            }
            offsets[row + 1] = end;
        }
        return ListColumn.of(INTS, length, nulls, offsets, IntColumn.of(DataType.INT32, end, NullBitmap.NONE, ones));
    }
}
