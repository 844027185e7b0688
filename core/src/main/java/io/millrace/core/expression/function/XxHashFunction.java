package io.millrace.core.expression.function;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.Output;
import io.millrace.core.expression.kernel.RowKernel;
import io.millrace.core.key.XxHash64;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * {@code xxhash64(value, …)} with seed 42, as Spark computes it: the hash of each value is the seed for the next one, and a null
 * leaves it as it is.
 */
final class XxHashFunction implements Function {
    private static final long SEED = 42;

    @Override
    public Kernel bind(List<Kernel> arguments, Instant runStart) {
        Arguments.count("xxhash64", arguments, 1, Integer.MAX_VALUE, "(value, …)");
        for (Kernel argument : arguments) {
            if (argument.type().kind() == Kind.LIST || argument.type().kind() == Kind.JSON) {
                throw MillraceException.user("xxhash64: values of type " + argument.type() + " have no hash");
            }
        }
        return ConstantKernel.fold(RowKernel.lenient(DataType.INT64, arguments, XxHashFunction::hash));
    }

    private static void hash(Argument[] arguments, int row, Output out) {
        long hash = SEED;
        for (Argument argument : arguments) {
            hash = argument.isNull(row) ? hash : hash(argument, row, hash);
        }
        out.put(hash);
    }

    private static long hash(Argument a, int row, long seed) {
        return switch (a.type().kind()) {
            case BOOLEAN -> XxHash64.hash(a.flag(row) ? 1 : 0, seed);
            case INT32, DATE -> XxHash64.hash(a.narrow(row), seed);
            case INT64, TIMESTAMP -> XxHash64.hash(a.whole(row), seed);
                // Adding 0.0 turns -0.0 into 0.0; doubleToLongBits knows one NaN.
            case FLOAT64 -> XxHash64.hash(Double.doubleToLongBits(a.real(row) + 0.0), seed);
            case DECIMAL -> {
                BigInteger unscaled = a.decimal(row).unscaledValue();
                if (((DecimalType) a.type()).fitsLong()) {
                    yield XxHash64.hash(unscaled.longValue(), seed);
                }
                byte[] bytes = unscaled.toByteArray();
                yield XxHash64.hash(bytes, 0, bytes.length, seed);
            }
            case STRING, BINARY -> XxHash64.hash(a.bytes(), a.from(row), a.to(row), seed);
            case JSON, LIST -> throw new IllegalStateException(a.type() + " has no hash");
        };
    }
}
