package io.millrace.core.expression.kernel;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.List;

/** NOT: null stays null. */
public final class Negation extends Kernel {
    private final Kernel operand;

    public Negation(Kernel operand) {
        super(DataType.BOOLEAN, List.of(operand), false);
        this.operand = operand;
    }

    @Override
    public Column evaluate(Frame frame) {
        BooleanColumn column = (BooleanColumn) operand.evaluate(frame);
        boolean[] values = column.values();
        boolean[] result = new boolean[frame.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = !values[i];
        }
        return BooleanColumn.of(result.length, column.nulls(), result);
    }
}
