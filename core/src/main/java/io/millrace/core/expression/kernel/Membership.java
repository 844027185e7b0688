package io.millrace.core.expression.kernel;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the kernel of IN: a set where the choices are literals of text or whole numbers, else comparisons one by one. */
public final class Membership {
    private Membership() {}

    /**
     * Null where the operand is, or where it equals no choice and one of them is null.
     *
     * @param operand of a type that is {@link #settable}
     * @param choices of the operand's type
     */
    public static Kernel of(Kernel operand, List<Kernel> choices) {
        List<Kernel> singles = new ArrayList<>();
        List<Column> literals = new ArrayList<>();
        for (Kernel choice : choices) {
            choice.constant().filter(one -> !one.isNull(0)).ifPresentOrElse(literals::add, () -> singles.add(choice));
        }
        List<Kernel> tests = new ArrayList<>();
        if (!literals.isEmpty()) {
            tests.add(set(operand, literals));
        }
        for (Kernel single : singles) {
            tests.add(Comparisons.of(CompareOperation.EQUAL, operand, single).orElseThrow());
        }
        return tests.size() == 1 ? tests.get(0) : Junction.or(tests);
    }

    /** True for types whose literals can be looked up in a set. */
    public static boolean settable(DataType type) {
        return switch (type.kind()) {
            case INT64, TIMESTAMP, STRING, BINARY -> true;
            case BOOLEAN, INT32, FLOAT64, DECIMAL, DATE, JSON, LIST -> false;
        };
    }

    private static Kernel set(Kernel operand, List<Column> literals) {
        if (literals.get(0) instanceof LongColumn) {
            return new LongSet(
                    operand,
                    literals.stream()
                            .mapToLong(one -> ((LongColumn) one).get(0))
                            .toArray());
        }
        return new TextSet(
                operand,
                literals.stream()
                        .map(one -> {
                            BytesColumn text = (BytesColumn) one;
                            return Arrays.copyOfRange(text.data(), text.offsets()[0], text.offsets()[1]);
                        })
                        .toList());
    }
}
