package io.millrace.core.measure;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures bound to the schema of their rows: names and types are resolved, accumulators are shared. Immutable. */
public final class BoundMeasures {
    private final Schema input;
    private final OrderKey order;
    private final MeasureOperands operands;
    private final List<Accumulation> accumulations = new ArrayList<>();
    private final List<ResultPlan> results = new ArrayList<>();
    private final List<Field> states = new ArrayList<>();

    private BoundMeasures(Schema input, OrderKey order, Optional<Instant> runStart) {
        this.input = input;
        this.order = order;
        this.operands = new MeasureOperands(runStart);
    }

    /** As the other, for measures that belong to no run: {@code run_start()} is a user error. */
    public static BoundMeasures bind(Map<String, Measure> measures, Schema input, List<String> time, List<String> by) {
        return bind(measures, input, time, by, Optional.empty());
    }

    /**
     * Resolves names and types. A user error that names the measure where they do not fit.
     *
     * @param measures by the name of the column that each yields, in the order of the output
     * @param time the columns that order rows, event time first and then the tie-break; may be empty
     * @param by the columns that all rows of a group agree in
     * @param runStart what {@code run_start()} is
     */
    public static BoundMeasures bind(
            Map<String, Measure> measures,
            Schema input,
            List<String> time,
            List<String> by,
            Optional<Instant> runStart) {
        BoundMeasures bound = new BoundMeasures(input, OrderKey.of(input, time, by), runStart);
        measures.forEach((name, measure) -> {
            try {
                bound.results.add(bound.plan(name, measure, Optional.empty(), !time.isEmpty()));
            } catch (MillraceException wrong) {
                throw wrong.during("measure '" + name + "'");
            }
        });
        for (int i = 0; i < bound.accumulations.size(); i++) {
            for (StateColumn column : bound.accumulations
                    .get(i)
                    .create(new GroupRows(), bound.order)
                    .stateColumns()) {
                bound.states.add(Field.of("#" + i + "." + column.name(), column.type()));
            }
        }
        return bound;
    }

    private ResultPlan plan(String name, Measure measure, Optional<Expression> filter, boolean ordered) {
        if (measure instanceof Measure.Filtered filtered) {
            requireCondition(filtered.condition());
            return plan(name, filtered.measure(), Optional.of(filtered.condition()), ordered);
        } else if (measure instanceof Measure.Combined combined) {
            List<ResultPlan> parts = new ArrayList<>();
            for (int i = 0; i < combined.parts().size(); i++) {
                parts.add(plan(Measure.Combined.partName(i), combined.parts().get(i), Optional.empty(), ordered));
            }
            return ResultPlan.formula(name, combined.formula(), parts, operands.runStart());
        }
        return basic(name, (Measure.Basic) measure, filter, ordered);
    }

    private ResultPlan basic(String name, Measure.Basic measure, Optional<Expression> filter, boolean ordered) {
        DataType type = measure.argument()
                .map(argument -> operands.type(argument, input))
                .orElse(null);
        Field field = MeasureTypes.result(name, measure, type);
        Accumulation accumulation = Accumulation.of(measure, type, operands.add(measure.argument(), filter));
        if (accumulation.ordered() && !ordered) {
            throw MillraceException.user("rows have no order; name the column of their event time (time: ts), and with"
                    + " tie_break those that decide between rows of equal time");
        }
        int index = accumulations.indexOf(accumulation);
        if (index < 0) {
            index = accumulations.size();
            accumulations.add(accumulation);
        }
        return ResultPlan.of(new BoundMeasure(measure, field, index));
    }

    private void requireCondition(Expression condition) {
        DataType type = operands.type(condition, input);
        if (!type.equals(DataType.BOOLEAN)) {
            throw MillraceException.user("FILTER needs a condition, and this is of type " + type);
        }
    }

    /** The columns of partial rows behind the key. Their names carry versions: equal names mean equal forms. */
    public List<Field> states() {
        return List.copyOf(states);
    }

    /** The columns that the measures yield. */
    public List<Field> results() {
        return results.stream().map(ResultPlan::field).toList();
    }

    /** What computes the measures' arguments and filters, for one thread. */
    public RowEvaluation evaluation() {
        return new RowEvaluation(operands, input);
    }

    List<ResultPlan> plans() {
        return results;
    }

    /** One of the accumulators by itself. */
    Accumulator accumulator(int index, GroupRows rows) {
        return accumulations.get(index).create(rows, order);
    }

    List<Accumulator> accumulators(GroupRows rows) {
        return accumulations.stream().map(one -> one.create(rows, order)).toList();
    }
}
