package io.millrace.core.expression.function;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.core.expression.kernel.Branches;
import io.millrace.core.expression.kernel.CompareOperation;
import io.millrace.core.expression.kernel.Comparisons;
import io.millrace.core.expression.kernel.ConstantKernel;
import io.millrace.core.expression.kernel.Extremes;
import io.millrace.core.expression.kernel.FirstKnown;
import io.millrace.core.expression.kernel.Kernel;
import java.time.Instant;
import java.util.List;

/** Functions that hand one of their arguments on. */
final class ChoiceFunctions {
    private ChoiceFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("coalesce", ChoiceFunctions::coalesce);
        table.add("nullif", ChoiceFunctions::nullIf);
        table.add("if", ChoiceFunctions::conditional);
        table.add("greatest", (arguments, runStart) -> extreme("greatest", true, arguments));
        table.add("least", (arguments, runStart) -> extreme("least", false, arguments));
    }

    private static Kernel coalesce(List<Kernel> arguments, Instant runStart) {
        Arguments.count("coalesce", arguments, 1, Integer.MAX_VALUE, "(value, value, …)");
        return ConstantKernel.fold(new FirstKnown(Arguments.common("coalesce", arguments)));
    }

    private static Kernel nullIf(List<Kernel> arguments, Instant runStart) {
        Arguments.count("nullif", arguments, 2, 2, "(value, value)");
        Kernel first = arguments.get(0);
        if (first.untyped()) {
            return Arguments.common("nullif", arguments).get(0);
        }
        Kernel equal = Comparisons.coerced(CompareOperation.EQUAL, first, arguments.get(1))
                .orElseThrow(() -> Arguments.refused("nullif", "two values that can be compared", arguments));
        return ConstantKernel.fold(new Branches(List.of(equal), List.of(ConstantKernel.of(first.type(), null), first)));
    }

    private static Kernel conditional(List<Kernel> arguments, Instant runStart) {
        String wanted = "(boolean, value, value)";
        Arguments.count("if", arguments, 3, 3, wanted);
        Kernel condition = Arguments.as("if", arguments, 0, DataType.BOOLEAN, wanted);
        return ConstantKernel.fold(new Branches(List.of(condition), Arguments.common("if", arguments.subList(1, 3))));
    }

    private static Kernel extreme(String name, boolean greatest, List<Kernel> arguments) {
        Arguments.count(name, arguments, 1, Integer.MAX_VALUE, "(value, value, …)");
        List<Kernel> values = Arguments.common(name, arguments);
        return ConstantKernel.fold(Extremes.of(greatest, values).orElseThrow(() -> incomparable(name, values)));
    }

    private static MillraceException incomparable(String name, List<Kernel> values) {
        return MillraceException.user(name + ": values of type " + values.get(0).typeName() + " have no order");
    }
}
