package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import java.util.Arrays;
import java.util.List;

/** IS NULL and IS NOT NULL. */
public final class NullTest extends Kernel {
    private final Kernel operand;
    private final boolean negated;

    public NullTest(Kernel operand, boolean negated) {
        super(DataType.BOOLEAN, List.of(operand), false);
        this.operand = operand;
        this.negated = negated;
    }

    @Override
    public Column evaluate(Frame frame) {
        NullBitmap nulls = operand.evaluate(frame).nulls();
        boolean[] result = new boolean[frame.rows()];
        if (nulls.any()) {
            for (int i = 0; i < result.length; i++) {
                result[i] = nulls.isNull(i) != negated;
            }
        } else {
            Arrays.fill(result, negated);
        }
        return BooleanColumn.of(result.length, NullBitmap.NONE, result);
    }
}
