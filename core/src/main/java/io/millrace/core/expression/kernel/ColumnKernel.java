package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.List;

/** A column of the batch itself. */
public final class ColumnKernel extends Kernel {
    private final int position;

    public ColumnKernel(int position, DataType type) {
        super(type, List.of(), false);
        this.position = position;
    }

    @Override
    public Column evaluate(Frame frame) {
        return frame.batch().column(position);
    }
}
