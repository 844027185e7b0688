package io.millrace.core.expression.kernel;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.ColumnBuilder;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import java.util.List;
import java.util.Optional;

/** The same value for every row. The column of it is kept, so that loops find two arrays and no special case. */
public final class ConstantKernel extends Kernel {
    private final Column one;
    private final boolean untyped;
    private Column repeated;

    private ConstantKernel(Column one, boolean untyped) {
        super(one.type(), List.of(), false);
        this.one = one;
        this.untyped = untyped;
        this.repeated = one;
    }

    /** A value of the class that {@link DataType} names, or null. */
    public static ConstantKernel of(DataType type, Object value) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        builder.append(value);
        return new ConstantKernel(builder.build(), false);
    }

    /** NULL that takes any type. */
    public static ConstantKernel untypedNull() {
        ColumnBuilder builder = ColumnBuilder.of(DataType.BOOLEAN);
        builder.appendNull();
        return new ConstantKernel(builder.build(), true);
    }

    /** The kernel's value, where its operands are constants and it does not fail; else the kernel itself. */
    public static Kernel fold(Kernel kernel) {
        if (kernel instanceof ConstantKernel || !kernel.foldable()) {
            return kernel;
        }
        RowFailures failures = new RowFailures();
        failures.begin(1);
        Column value = kernel.evaluate(Frame.all(Batch.of(Schema.of(), 1, List.of(), null), failures));
        return failures.count() > 0 ? kernel : new ConstantKernel(value, false);
    }

    @Override
    public Column evaluate(Frame frame) {
        int rows = frame.rows();
        if (repeated.length() != rows) {
            repeated = one.select(Selection.of(new int[rows], rows));
        }
        return repeated;
    }

    @Override
    public Optional<Column> constant() {
        return Optional.of(one);
    }

    @Override
    public boolean untyped() {
        return untyped;
    }
}
