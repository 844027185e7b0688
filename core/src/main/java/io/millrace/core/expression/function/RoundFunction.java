package io.millrace.core.expression.function;

import io.millrace.api.MillraceException;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.Numbers;
import java.time.Instant;
import java.util.List;

/** {@code round(number[, digits])}, {@code floor(number)}, {@code ceil(number)}. */
record RoundFunction(String name, Numbers.Rounding rounding) implements Function {
    private static final int MAX_DIGITS = 18;

    @Override
    public Kernel bind(List<Kernel> arguments, Instant runStart) {
        boolean half = rounding == Numbers.Rounding.HALF_UP;
        String wanted = half ? "(number) or (number, digits)" : "(number)";
        Arguments.count(name, arguments, 1, half ? 2 : 1, wanted);
        long digits = arguments.size() == 1 ? 0 : digits(arguments.get(1));
        return ConstantKernel.fold(Numbers.rounded(rounding, arguments.get(0), (int) digits)
                .orElseThrow(() -> Arguments.refused(name, wanted, arguments)));
    }

    private long digits(Kernel argument) {
        return argument.constant()
                .filter(one -> one.value(0) instanceof Long)
                .map(one -> (Long) one.value(0))
                .filter(digits -> digits >= 0 && digits <= MAX_DIGITS)
                .orElseThrow(() -> MillraceException.user(
                        name + ": the digits after the point must be a literal number from 0 to " + MAX_DIGITS));
    }
}
