package io.millrace.core.measure;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.Expression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The distinct arguments and filters of some measures over one schema, each to be evaluated once for a batch. */
final class MeasureOperands {
    private static final int NONE = -1;

    private final List<Expression> arguments = new ArrayList<>();
    private final List<Expression> filters = new ArrayList<>();
    /** For each argument, the filters of the measures that read it; -1 where one reads it in every row. */
    private final List<Set<Integer>> readers = new ArrayList<>();

    /** Registers what a measure reads, and says under which numbers. */
    Accumulator.Operands add(Optional<Expression> argument, Optional<Expression> filter) {
        int filterNumber = filter.map(condition -> number(filters, condition)).orElse(NONE);
        int argumentNumber = argument.map(value -> number(arguments, value)).orElse(NONE);
        while (readers.size() < arguments.size()) {
            readers.add(new TreeSet<>());
        }
        if (argumentNumber != NONE) {
            readers.get(argumentNumber).add(filterNumber);
        }
        return new Accumulator.Operands(argumentNumber, filterNumber);
    }

    private static int number(List<Expression> known, Expression expression) {
        // Written twice, at different places, it is still the same.
        Expression unplaced = ExpressionTree.unplaced(expression);
        for (int i = 0; i < known.size(); i++) {
            if (ExpressionTree.unplaced(known.get(i)).equals(unplaced)) {
                return i;
            }
        }
        known.add(expression);
        return known.size() - 1;
    }

    List<Expression> arguments() {
        return arguments;
    }

    List<Expression> filters() {
        return filters;
    }

    Set<Integer> readers(int argument) {
        return readers.get(argument);
    }

    /** The type of an argument; a user error where it does not fit the schema. */
    static DataType type(Expression argument, Schema schema) {
        return argument instanceof Expression.ColumnReference column
                ? schema.field(schema.require(column.name())).type()
                : bind(argument, schema).type();
    }

    /** Measures do not know the start of the run: {@link MeasureText} refuses {@code run_start()}. */
    static BoundExpression bind(Expression expression, Schema schema) {
        return expression.bind(schema, Instant.EPOCH);
    }
}
