package io.millrace.core.measure;

import io.millrace.api.MillraceException;
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

    private final Optional<Instant> runStart;
    private final List<Expression> arguments = new ArrayList<>();
    private final List<Expression> filters = new ArrayList<>();
    /** For each argument, the filters of the measures that read it; -1 where one reads it in every row. */
    private final List<Set<Integer>> readers = new ArrayList<>();

    /** @param runStart what {@code run_start()} is; empty where measures belong to no run */
    MeasureOperands(Optional<Instant> runStart) {
        this.runStart = runStart;
    }

    Optional<Instant> runStart() {
        return runStart;
    }

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
    DataType type(Expression argument, Schema schema) {
        return argument instanceof Expression.ColumnReference column
                ? schema.field(schema.require(column.name())).type()
                : bind(argument, schema, runStart).type();
    }

    /** A user error where it asks for {@code run_start()}, and there is no run. */
    static BoundExpression bind(Expression expression, Schema schema, Optional<Instant> runStart) {
        if (runStart.isEmpty()) {
            refuseRunStart(expression);
        }
        return expression.bind(schema, runStart.orElse(Instant.EPOCH));
    }

    private static void refuseRunStart(Expression expression) {
        if (expression instanceof Expression.Call call && call.name().equals("run_start")) {
            throw MillraceException.user(call.at()
                    + ": run_start() is for the measures of a run; others may be computed at any time, and have to yield the"
                    + " same then");
        }
        expression.children().forEach(MeasureOperands::refuseRunStart);
    }
}
