package io.millrace.core.expression.function;

import static io.millrace.api.data.DataType.FLOAT64;
import static io.millrace.api.data.DataType.INT64;

import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.LongArithmetic;
import io.millrace.core.expression.kernel.Numbers;
import io.millrace.core.expression.kernel.Output;
import java.util.function.DoubleUnaryOperator;

/** Numbers. What has no value, such as the root of a negative number, is a failure, not NaN. */
final class NumberFunctions {
    private NumberFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("abs", INT64, NumberFunctions::abs, INT64);
        table.add("abs", FLOAT64, (a, row, out) -> out.put(Math.abs(a[0].real(row))), FLOAT64);
        table.add("sign", INT64, (a, row, out) -> out.put((long) Long.signum(a[0].whole(row))), INT64);
        table.add("sign", FLOAT64, (a, row, out) -> out.put(Math.signum(a[0].real(row))), FLOAT64);
        table.add("sqrt", FLOAT64, NumberFunctions::sqrt, FLOAT64);
        table.add("exp", FLOAT64, (a, row, out) -> out.put(StrictMath.exp(a[0].real(row))), FLOAT64);
        table.add("ln", FLOAT64, (a, row, out) -> logarithm(a[0], row, out, StrictMath::log), FLOAT64);
        table.add("log10", FLOAT64, (a, row, out) -> logarithm(a[0], row, out, StrictMath::log10), FLOAT64);
        table.add("log1p", FLOAT64, NumberFunctions::logarithmOfOneMore, FLOAT64);
        table.add("pow", FLOAT64, NumberFunctions::pow, FLOAT64, FLOAT64);
        table.add("power", FLOAT64, NumberFunctions::pow, FLOAT64, FLOAT64);
        table.add(
                "is_nan",
                io.millrace.api.data.DataType.BOOLEAN,
                (a, row, out) -> out.put(Double.isNaN(a[0].real(row))),
                FLOAT64);
        table.add("div", new ArithmeticFunction("div", LongArithmetic.Operation.DIVIDE));
        table.add("mod", new ArithmeticFunction("mod", LongArithmetic.Operation.REMAINDER));
        table.add("round", new RoundFunction("round", Numbers.Rounding.HALF_UP));
        table.add("floor", new RoundFunction("floor", Numbers.Rounding.FLOOR));
        table.add("ceil", new RoundFunction("ceil", Numbers.Rounding.CEILING));
        table.add("ceiling", new RoundFunction("ceiling", Numbers.Rounding.CEILING));
        table.add("abs", new DecimalSignFunction("abs", table.find("abs").orElseThrow()));
        table.add("sign", new DecimalSignFunction("sign", table.find("sign").orElseThrow()));
    }

    private static void abs(Argument[] a, int row, Output out) {
        long value = a[0].whole(row);
        if (value == Long.MIN_VALUE) {
            out.fail("is beyond the range of int64");
        } else {
            out.put(Math.abs(value));
        }
    }

    private static void sqrt(Argument[] a, int row, Output out) {
        double value = a[0].real(row);
        if (value < 0) {
            out.fail("square root of a negative number");
        } else {
            out.put(Math.sqrt(value));
        }
    }

    private static void logarithm(Argument argument, int row, Output out, DoubleUnaryOperator function) {
        double value = argument.real(row);
        if (value <= 0) {
            out.fail("logarithm of a number that is not positive");
        } else {
            out.put(function.applyAsDouble(value));
        }
    }

    private static void logarithmOfOneMore(Argument[] a, int row, Output out) {
        double value = a[0].real(row);
        if (value <= -1) {
            out.fail("logarithm of a number that is not positive");
        } else {
            out.put(StrictMath.log1p(value));
        }
    }

    private static void pow(Argument[] a, int row, Output out) {
        double base = a[0].real(row);
        double exponent = a[1].real(row);
        if (base == 0 && exponent < 0) {
            out.fail("zero to a negative power");
        } else if (base < 0 && !Double.isInfinite(base) && exponent != Math.rint(exponent) && !Double.isNaN(exponent)) {
            out.fail("a negative number to a power that is not whole");
        } else {
            out.put(StrictMath.pow(base, exponent));
        }
    }
}
