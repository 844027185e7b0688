package io.millrace.core.expression.function;

import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.RowKernel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** {@code abs} and {@code sign} of decimals keep the type; other arguments go to the function for them. */
record DecimalSignFunction(String name, Function others) implements Function {
    @Override
    public Kernel bind(List<Kernel> arguments, Instant runStart) {
        if (arguments.size() != 1 || arguments.get(0).type().kind() != Kind.DECIMAL) {
            return others.bind(arguments, runStart);
        }
        if (name.equals("sign")) {
            return ConstantKernel.fold(RowKernel.strict(
                    io.millrace.api.data.DataType.INT64,
                    arguments,
                    (a, row, out) -> out.put((long) a[0].decimal(row).signum())));
        }
        return ConstantKernel.fold(RowKernel.strict(arguments.get(0).type(), arguments, (a, row, out) -> {
            BigDecimal value = a[0].decimal(row);
            out.put(value.abs());
        }));
    }
}
