package io.millrace.core.measure;

import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a column of the output comes about: a measure's result, or a formula over the results of others. Immutable.
 *
 * @param measure empty for a formula
 * @param runStart what {@code run_start()} is in a formula
 */
record ResultPlan(
        Field field,
        Optional<BoundMeasure> measure,
        Optional<Expression> formula,
        List<ResultPlan> parts,
        Optional<Instant> runStart) {
    static ResultPlan of(BoundMeasure measure) {
        return new ResultPlan(measure.field(), Optional.of(measure), Optional.empty(), List.of(), Optional.empty());
    }

    static ResultPlan formula(String name, Expression expression, List<ResultPlan> parts, Optional<Instant> runStart) {
        BoundExpression bound = MeasureOperands.bind(expression, schema(parts), runStart);
        return new ResultPlan(Field.of(name, bound.type()), Optional.empty(), Optional.of(expression), parts, runStart);
    }

    private static Schema schema(List<ResultPlan> parts) {
        return Schema.of(parts.stream().map(ResultPlan::field).toList());
    }

    /** The results of the groups from {@code from} to {@code to}. */
    Column compute(List<Accumulator> accumulators, int from, int to, Failures failures) {
        if (measure.isPresent()) {
            return accumulators.get(measure.get().accumulator()).finish(measure.get(), from, to, failures);
        }
        List<Column> columns = new ArrayList<>();
        Failures below = new Failures();
        for (ResultPlan part : parts) {
            columns.add(part.compute(accumulators, from, to, below));
        }
        below.byRow().forEach((row, failure) -> failures.add(row, field.name(), failure.reason()));
        RowFailures rowFailures = new RowFailures();
        rowFailures.begin(to - from);
        Column computed = MeasureOperands.bind(formula.orElseThrow(), schema(parts), runStart)
                .evaluate(Batch.of(schema(parts), to - from, columns, null), rowFailures);
        rowFailures.forEach((row, source, reason) -> failures.add(row, field.name(), reason));
        return computed;
    }
}
