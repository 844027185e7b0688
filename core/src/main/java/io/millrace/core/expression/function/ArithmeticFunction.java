package io.millrace.core.expression.function;

import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.LongArithmetic;
import io.millrace.core.expression.kernel.Numbers;
import java.time.Instant;
import java.util.List;

/** {@code div}, of whole numbers only, and {@code mod}, which is {@code %}. */
record ArithmeticFunction(String name, LongArithmetic.Operation operation) implements Function {
    @Override
    public Kernel bind(List<Kernel> arguments, Instant runStart) {
        boolean whole = operation == LongArithmetic.Operation.DIVIDE;
        String wanted = whole ? "(int64, int64)" : "(number, number)";
        Arguments.count(name, arguments, 2, 2, wanted);
        return ConstantKernel.fold((whole
                        ? Numbers.wholeQuotient(arguments.get(0), arguments.get(1))
                        : Numbers.arithmetic(operation, arguments.get(0), arguments.get(1)))
                .orElseThrow(() -> Arguments.refused(name, wanted, arguments)));
    }
}
