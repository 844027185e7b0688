package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import java.util.List;

/** IS [NOT] DISTINCT FROM. */
final class Distinctness extends Kernel {
    private final boolean negated;
    private final Kernel left;
    private final Kernel right;
    private final Kernel equal;

    Distinctness(boolean negated, Kernel left, Kernel right, Kernel equal) {
        super(DataType.BOOLEAN, List.of(left, right), false);
        this.negated = negated;
        this.left = left;
        this.right = right;
        this.equal = equal;
    }

    @Override
    public Column evaluate(Frame frame) {
        BooleanColumn same = (BooleanColumn) equal.evaluate(frame);
        int rows = frame.rows();
        boolean[] result = new boolean[rows];
        if (!same.nulls().any()) {
            for (int row = 0; row < rows; row++) {
                result[row] = same.get(row) == negated;
            }
            return BooleanColumn.of(rows, NullBitmap.NONE, result);
        }
        NullBitmap a = left.evaluate(frame).nulls();
        NullBitmap b = right.evaluate(frame).nulls();
        for (int row = 0; row < rows; row++) {
            boolean equals = same.isNull(row) ? a.isNull(row) && b.isNull(row) : same.get(row);
            result[row] = equals == negated;
        }
        return BooleanColumn.of(rows, NullBitmap.NONE, result);
    }
}
