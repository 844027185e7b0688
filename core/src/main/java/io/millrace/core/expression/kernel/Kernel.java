package io.millrace.core.expression.kernel;

import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import java.util.List;
import java.util.Optional;

/** Computes a column for each batch. One thread: kernels keep buffers. */
public abstract class Kernel {
    private final DataType type;
    private final List<Kernel> operands;
    private final boolean fails;

    /** @param fails whether it can fail by itself, whatever its operands do */
    Kernel(DataType type, List<Kernel> operands, boolean fails) {
        this.type = type;
        this.operands = operands;
        this.fails = fails || operands.stream().anyMatch(Kernel::mayFail);
    }

    public final DataType type() {
        return type;
    }

    /** A column of the batch's length; see {@link Frame} for what it holds. */
    public abstract Column evaluate(Frame frame);

    /** False where no row can ever fail, so that nothing is lost by computing it for rows that do not need it. */
    final boolean mayFail() {
        return fails;
    }

    /** True where it yields the same for the same rows, and has no rows to look at. */
    final boolean foldable() {
        return !(this instanceof ColumnKernel)
                && operands.stream().allMatch(operand -> operand.constant().isPresent());
    }

    /** The value as a column of one row, where it is the same for all rows. */
    public Optional<Column> constant() {
        return Optional.empty();
    }

    /** True for a NULL without a type. */
    public boolean untyped() {
        return false;
    }

    /** The type's name for messages. */
    public final String typeName() {
        return untyped() ? "null" : type.toString();
    }
}
