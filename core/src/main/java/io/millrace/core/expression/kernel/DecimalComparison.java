package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import java.util.List;

/** Compares decimals by their numbers, whatever their scales; on longs where both have the same scale and at most 18 digits. */
final class DecimalComparison extends Kernel {
    private final CompareOperation operation;
    private final Kernel left;
    private final Kernel right;
    private final boolean narrow;

    DecimalComparison(CompareOperation operation, Kernel left, Kernel right) {
        super(DataType.BOOLEAN, List.of(left, right), false);
        this.operation = operation;
        this.left = left;
        this.right = right;
        DecimalType a = (DecimalType) left.type();
        DecimalType b = (DecimalType) right.type();
        this.narrow = a.fitsLong() && b.fitsLong() && a.scale() == b.scale();
    }

    @Override
    public Column evaluate(Frame frame) {
        DecimalColumn a = (DecimalColumn) left.evaluate(frame);
        DecimalColumn b = (DecimalColumn) right.evaluate(frame);
        int rows = frame.rows();
        boolean[] result = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            int order = narrow
                    ? Long.compare(a.low()[row], b.low()[row])
                    : a.decimal(row).compareTo(b.decimal(row));
            result[row] = operation.holds(order);
        }
        return BooleanColumn.of(rows, Nulls.either(a.nulls(), b.nulls(), rows), result);
    }
}
