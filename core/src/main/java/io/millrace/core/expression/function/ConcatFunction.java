package io.millrace.core.expression.function;

import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.Output;
import io.millrace.core.expression.kernel.RowKernel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** {@code concat} and {@code ||}, null where a part is; {@code concat_ws}, whose first argument stands between parts, leaves nulls out. */
record ConcatFunction(boolean separated) implements Function {
    @Override
    public Kernel bind(List<Kernel> arguments, Instant runStart) {
        String name = separated ? "concat_ws" : "concat";
        String wanted = separated ? "(string, string, …)" : "(string, …)";
        Arguments.count(name, arguments, separated ? 2 : 1, Integer.MAX_VALUE, wanted);
        List<Kernel> texts = IntStream.range(0, arguments.size())
                .mapToObj(i -> Arguments.as(name, arguments, i, DataType.STRING, wanted))
                .toList();
        return ConstantKernel.fold(
                separated
                        ? RowKernel.lenient(DataType.STRING, texts, ConcatFunction::joined)
                        : RowKernel.strict(DataType.STRING, texts, ConcatFunction::concatenated));
    }

    private static void concatenated(Argument[] parts, int row, Output out) {
        int size = 0;
        for (Argument part : parts) {
            size = Math.addExact(size, part.to(row) - part.from(row));
        }
        byte[] result = out.scratch(size);
        int at = 0;
        for (Argument part : parts) {
            at = append(part, row, result, at);
        }
        out.put(result, 0, size);
    }

    private static void joined(Argument[] arguments, int row, Output out) {
        if (arguments[0].isNull(row)) {
            out.none();
            return;
        }
        int separator = arguments[0].to(row) - arguments[0].from(row);
        int size = 0;
        for (int i = 1; i < arguments.length; i++) {
            size = Math.addExact(size, Math.addExact(separator, arguments[i].to(row) - arguments[i].from(row)));
        }
        byte[] result = out.scratch(size);
        int at = 0;
        boolean first = true;
        for (int i = 1; i < arguments.length; i++) {
            if (!arguments[i].isNull(row)) {
                at = first ? at : append(arguments[0], row, result, at);
                at = append(arguments[i], row, result, at);
                first = false;
            }
        }
        out.put(result, 0, at);
    }

    private static int append(Argument part, int row, byte[] result, int at) {
        int size = part.to(row) - part.from(row);
        System.arraycopy(part.bytes(), part.from(row), result, at, size);
        return at + size;
    }
}
