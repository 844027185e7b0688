package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.List;

/** Goes row by row, for functions whose own work is more than that. */
public final class RowKernel extends Kernel {
    private final Argument[] arguments;
    private final boolean strict;
    private final Body body;
    private final Output output;

    private RowKernel(DataType type, List<Kernel> operands, boolean strict, Body body) {
        super(type, operands, true);
        this.arguments = operands.stream().map(Argument::new).toArray(Argument[]::new);
        this.strict = strict;
        this.body = body;
        this.output = new Output(type);
    }

    /** Null where an operand is; the body sees other rows only. */
    public static RowKernel strict(DataType type, List<Kernel> operands, Body body) {
        return new RowKernel(type, operands, true, body);
    }

    /** The body sees all rows that count. */
    public static RowKernel lenient(DataType type, List<Kernel> operands, Body body) {
        return new RowKernel(type, operands, false, body);
    }

    @Override
    public Column evaluate(Frame frame) {
        for (Argument argument : arguments) {
            argument.load(frame);
        }
        output.begin(frame);
        int rows = frame.rows();
        for (int row = 0; row < rows; row++) {
            if (!frame.counts(row) || strict && anyNull(row)) {
                output.none();
            } else {
                body.apply(arguments, row, output);
            }
        }
        return output.end();
    }

    private boolean anyNull(int row) {
        for (Argument argument : arguments) {
            if (argument.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Computes one row: calls one method of the output, once. */
    @FunctionalInterface
    public interface Body {
        void apply(Argument[] arguments, int row, Output output);
    }
}
