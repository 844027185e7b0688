package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/**
 * AND and OR of three-valued conditions, from left to right: a row that is decided is not looked at by the conditions that
 * follow, so they cannot fail for it.
 */
public final class Junction extends Kernel {
    private final List<Kernel> conditions;
    /** The value that decides a row: false for AND, true for OR. */
    private final boolean decisive;

    private Junction(List<Kernel> conditions, boolean decisive) {
        super(DataType.BOOLEAN, conditions, false);
        this.conditions = conditions;
        this.decisive = decisive;
    }

    public static Kernel and(List<Kernel> conditions) {
        return new Junction(conditions, false);
    }

    public static Kernel or(List<Kernel> conditions) {
        return new Junction(conditions, true);
    }

    @Override
    public Column evaluate(Frame frame) {
        int rows = frame.rows();
        BooleanColumn first = (BooleanColumn) conditions.get(0).evaluate(frame);
        for (int i = 1; i < conditions.size(); i++) {
            Kernel next = conditions.get(i);
            Frame undecided = next.mayFail() ? frame.within(undecided(first, rows)) : frame;
            first = combine(first, (BooleanColumn) next.evaluate(undecided), rows);
        }
        return first;
    }

    private long[] undecided(BooleanColumn column, int rows) {
        long[] words = new long[rows + 63 >>> 6];
        for (int row = 0; row < rows; row++) {
            if (column.get(row) != decisive || column.isNull(row)) {
                words[row >> 6] |= 1L << row;
            }
        }
        return words;
    }

    private BooleanColumn combine(BooleanColumn a, BooleanColumn b, int rows) {
        boolean[] first = a.values();
        boolean[] second = b.values();
        boolean[] result = new boolean[rows];
        if (!a.nulls().any() && !b.nulls().any()) {
            if (decisive) {
                for (int i = 0; i < rows; i++) {
                    result[i] = first[i] | second[i];
                }
            } else {
                for (int i = 0; i < rows; i++) {
                    result[i] = first[i] & second[i];
                }
            }
            return BooleanColumn.of(rows, NullBitmap.NONE, result);
        }
        long[] nulls = new long[NullBitmap.wordsFor(rows)];
        for (int i = 0; i < rows; i++) {
            boolean firstNull = a.isNull(i);
            boolean secondNull = b.isNull(i);
            if (!firstNull && first[i] == decisive || !secondNull && second[i] == decisive) {
                result[i] = decisive;
            } else if (firstNull || secondNull) {
                nulls[i >> 6] |= 1L << i;
            } else {
                result[i] = !decisive;
            }
        }
        return BooleanColumn.of(rows, NullBitmap.of(nulls), result);
    }
}
