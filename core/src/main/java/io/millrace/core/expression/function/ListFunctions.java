package io.millrace.core.expression.function;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DataType.ListType;
import io.millrace.core.expression.kernel.Argument;
import io.millrace.core.expression.kernel.CompareOperation;
import io.millrace.core.expression.kernel.Comparisons;
import io.millrace.core.expression.kernel.Kernel;
import io.millrace.core.expression.kernel.Output;
import io.millrace.core.expression.kernel.RowKernel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Lists; and {@code contains}, which is for text too. */
final class ListFunctions {
    private ListFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("cardinality", (arguments, runStart) -> size("cardinality", arguments));
        table.add("size", (arguments, runStart) -> size("size", arguments));
        table.add("element_at", ListFunctions::elementAt);
        table.add("contains", ListFunctions::contains);
    }

    private static Kernel size(String name, List<Kernel> arguments) {
        Arguments.count(name, arguments, 1, 1, "(list)");
        if (arguments.get(0).type().kind() != Kind.LIST) {
            throw Arguments.refused(name, "(list)", arguments);
        }
        return RowKernel.strict(
                DataType.INT64, arguments, (a, row, out) -> out.put(a[0].listTo(row) - a[0].listFrom(row)));
    }

    private static Kernel elementAt(List<Kernel> arguments, Instant runStart) {
        String wanted = "(list, int64)";
        Arguments.count("element_at", arguments, 2, 2, wanted);
        if (!(arguments.get(0).type() instanceof ListType type)) {
            throw Arguments.refused("element_at", wanted, arguments);
        }
        Kernel index = Arguments.as("element_at", arguments, 1, DataType.INT64, wanted);
        return RowKernel.strict(type.element(), List.of(arguments.get(0), index), ListFunctions::element);
    }

    private static void element(Argument[] a, int row, Output out) {
        int from = a[0].listFrom(row);
        int size = a[0].listTo(row) - from;
        long index = a[1].whole(row);
        if (index == 0) {
            out.fail("element_at counts from 1, or from -1 backwards");
        } else if (Math.abs(index) > size || index == Long.MIN_VALUE) {
            out.none();
        } else {
            out.putObject(a[0].elements().value((int) (from + (index > 0 ? index - 1 : size + index))));
        }
    }

    private static Kernel contains(List<Kernel> arguments, Instant runStart) {
        String wanted = "(list, element) or (string, string)";
        Arguments.count("contains", arguments, 2, 2, wanted);
        if (!(arguments.get(0).type() instanceof ListType type)) {
            List<Kernel> texts = List.of(
                    Arguments.as("contains", arguments, 0, DataType.STRING, wanted),
                    Arguments.as("contains", arguments, 1, DataType.STRING, wanted));
            return RowKernel.strict(DataType.BOOLEAN, texts, (a, row, out) -> out.put(TextFunctions.contains(a, row)));
        }
        Kernel element = Arguments.as("contains", arguments, 1, type.element(), wanted);
        if (Comparisons.of(CompareOperation.EQUAL, element, element).isEmpty()) {
            throw MillraceException.user("contains: values of type " + type.element() + " cannot be compared");
        }
        return RowKernel.strict(DataType.BOOLEAN, List.of(arguments.get(0), element), ListFunctions::isIn);
    }

    /** Null where the element is not found, but a null is. */
    private static void isIn(Argument[] a, int row, Output out) {
        Object wanted = comparable(a[1].object(row));
        boolean unknown = false;
        for (int i = a[0].listFrom(row); i < a[0].listTo(row); i++) {
            Object element = a[0].elements().value(i);
            unknown |= element == null;
            if (element != null && Objects.deepEquals(comparable(element), wanted)) {
                out.put(true);
                return;
            }
        }
        if (unknown) {
            out.none();
        } else {
            out.put(false);
        }
    }

    /** Objects of equal values that equals takes for equal: -0.0 is 0.0. */
    private static Object comparable(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }
}
