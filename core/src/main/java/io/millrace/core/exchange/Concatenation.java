package io.millrace.core.exchange;

import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.ListType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.ListColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Several batches of one schema as one, without origin. */
final class Concatenation {
    private Concatenation() {}

    static Batch of(List<Batch> batches) {
        if (batches.size() == 1) {
            return batches.get(0);
        }
        Schema schema = batches.get(0).schema();
        int rows = batches.stream().mapToInt(Batch::rowCount).sum();
        List<Column> columns = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            int position = i;
            columns.add(columns(
                    schema.field(i).type(),
                    rows,
                    batches.stream().map(batch -> batch.column(position)).toList()));
        }
        return Batch.of(schema, rows, columns, null);
    }

    private static Column columns(DataType type, int rows, List<Column> parts) {
        NullBitmap nulls = nulls(rows, parts);
        return switch (type.kind()) {
            case INT64, TIMESTAMP -> {
                long[] values = new long[rows];
                place(parts, (part, at) -> copy(((LongColumn) part).values(), values, at, part));
                yield LongColumn.of(type, rows, nulls, values);
            }
            case INT32, DATE -> {
                int[] values = new int[rows];
                place(parts, (part, at) -> copy(((IntColumn) part).values(), values, at, part));
                yield IntColumn.of(type, rows, nulls, values);
            }
            case FLOAT64 -> {
                double[] values = new double[rows];
                place(parts, (part, at) -> copy(((DoubleColumn) part).values(), values, at, part));
                yield DoubleColumn.of(rows, nulls, values);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[rows];
                place(parts, (part, at) -> copy(((BooleanColumn) part).values(), values, at, part));
                yield BooleanColumn.of(rows, nulls, values);
            }
            case DECIMAL -> decimals((DecimalType) type, rows, nulls, parts);
            case STRING, BINARY, JSON -> bytes(type, rows, nulls, parts);
            case LIST -> lists((ListType) type, rows, nulls, parts);
        };
    }

    private static Column decimals(DecimalType type, int rows, NullBitmap nulls, List<Column> parts) {
        long[] low = new long[rows];
        long[] high = type.fitsLong() ? null : new long[rows];
        place(parts, (part, at) -> {
            DecimalColumn decimals = (DecimalColumn) part;
            copy(decimals.low(), low, at, part);
            if (high != null) {
                copy(decimals.high(), high, at, part);
            }
        });
        return DecimalColumn.of(type, rows, nulls, low, high);
    }

    private static Column bytes(DataType type, int rows, NullBitmap nulls, List<Column> parts) {
        int[] offsets = new int[rows + 1];
        place(parts, (part, at) -> append(((BytesColumn) part).offsets(), offsets, at, part.length()));
        byte[] data = new byte[offsets[rows]];
        place(parts, (part, at) -> {
            BytesColumn bytes = (BytesColumn) part;
            int from = bytes.offsets()[0];
            System.arraycopy(bytes.data(), from, data, offsets[at], bytes.offsets()[part.length()] - from);
        });
        return BytesColumn.of(type, rows, nulls, data, offsets);
    }

    private static Column lists(ListType type, int rows, NullBitmap nulls, List<Column> parts) {
        int[] offsets = new int[rows + 1];
        place(parts, (part, at) -> append(((ListColumn) part).offsets(), offsets, at, part.length()));
        List<Column> elements = parts.stream()
                .map(ListColumn.class::cast)
                .map(list -> ColumnSlices.slice(list.elements(), list.offsets()[0], list.offsets()[list.length()]))
                .toList();
        return ListColumn.of(type, rows, nulls, offsets, columns(type.element(), offsets[rows], elements));
    }

    private static void append(int[] offsets, int[] to, int at, int rows) {
        int shift = to[at] - offsets[0];
        for (int row = 1; row <= rows; row++) {
            to[at + row] = Math.addExact(offsets[row], shift);
        }
    }

    private static NullBitmap nulls(int rows, List<Column> parts) {
        if (parts.stream().noneMatch(part -> part.nulls().any())) {
            return NullBitmap.NONE;
        }
        long[] words = new long[NullBitmap.wordsFor(rows)];
        place(parts, (part, at) -> {
            for (int row = 0; part.nulls().any() && row < part.length(); row++) {
                if (part.isNull(row)) {
                    words[at + row >> 6] |= 1L << at + row;
                }
            }
        });
        return NullBitmap.of(words);
    }

    private static void copy(Object values, Object to, int at, Column part) {
        System.arraycopy(values, 0, to, at, part.length());
    }

    /** Hands out each part with the row at which it begins. */
    private static void place(List<Column> parts, ObjIntConsumer<Column> action) {
        int at = 0;
        for (Column part : parts) {
            action.accept(part, at);
            at += part.length();
        }
    }
}
