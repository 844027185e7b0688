package io.millrace.core.transform.normalize;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.data.Field;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.learned.NumberReader;
import java.util.List;

/**
 * A rule from numbers to float64. NaN stays NaN and an infinity follows IEEE 754; a finite value without a finite result
 * rejects its row.
 */
abstract class NumberKernel extends Kernel {
    private final NumberReader reader = new NumberReader();
    private final String reason;

    /** @param reason why a finite value can have no finite result */
    NumberKernel(Field input, String name, String kind, String reason) {
        super(List.of(new Field(name, DataType.FLOAT64, input.nullable())));
        NumberReader.require(input.type(), kind);
        this.reason = reason;
    }

    @Override
    final List<Column> apply(Column input, RefusedRows refused) {
        int length = input.length();
        double[] values = reader.read(input);
        double[] results = new double[length];
        apply(values, results, length);
        NullBitmap nulls = input.nulls();
        for (int row = 0; row < length; row++) {
            // True for NaN and infinities only.
            if (results[row] - results[row] != 0 && Double.isFinite(values[row]) && !nulls.isNull(row)) {
                refused.refuse(row, reason);
            }
        }
        return List.of(DoubleColumn.of(length, nulls, results));
    }

    abstract void apply(double[] values, double[] results, int length);
}
