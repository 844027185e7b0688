package io.millrace.core.transform.normalize;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.learned.NumberLearner;
import io.millrace.core.learned.NumberReader;
import java.util.List;

/** How many edges are not above a number; NaN rejects its row. */
final class BucketKernel extends Kernel {
    private final NumberReader reader = new NumberReader();
    private final double[] edges;

    BucketKernel(Field input, String name, double[] edges) {
        super(List.of(new Field(name, DataType.INT32, input.nullable())));
        NumberReader.require(input.type(), "bucket");
        this.edges = edges;
    }

    @Override
    List<Column> apply(Column input, RefusedRows refused) {
        int length = input.length();
        double[] values = reader.read(input);
        int[] results = new int[length];
        NullBitmap nulls = input.nulls();
        for (int row = 0; row < length; row++) {
            double value = values[row];
            if (value == value) {
                results[row] = NumberLearner.bin(edges, value);
            } else if (!nulls.isNull(row)) {
                refused.refuse(row, "is not a number");
            }
        }
        return List.of(IntColumn.of(DataType.INT32, length, nulls, results));
    }
}
