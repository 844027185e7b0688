package io.millrace.core.measure;

import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.Expression;
import io.millrace.core.expression.kernel.RowFailures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Computes what measures read of each batch: their arguments and filters. A row for which one has no value (a division by
 * zero, an overflow) is rejected; of an argument only in rows that pass the filter of a measure which reads it. One thread.
 */
public final class RowEvaluation {
    private final MeasureOperands operands;
    private final List<Evaluated> arguments = new ArrayList<>();
    private final List<Evaluated> filters = new ArrayList<>();
    private final RowFailures failures = new RowFailures();

    RowEvaluation(MeasureOperands operands, Schema input) {
        this.operands = operands;
        operands.arguments().forEach(argument -> arguments.add(Evaluated.of(argument, input, operands.runStart())));
        operands.filters().forEach(filter -> filters.add(Evaluated.of(filter, input, operands.runStart())));
    }

    /** The rows of a batch that have values for everything, with these values. The others go to the rejects. */
    public RowInput evaluate(Batch rows, Rejects rejects) {
        Map<Integer, String> failed = new TreeMap<>();
        Column[] filterColumns = new Column[filters.size()];
        boolean[][] passes = new boolean[filters.size()][];
        for (int i = 0; i < passes.length; i++) {
            filterColumns[i] = evaluate(filters.get(i), rows);
            failures.forEach((row, source, reason) -> failed.putIfAbsent(row, reason));
            passes[i] = passes((BooleanColumn) filterColumns[i]);
        }
        Column[] values = new Column[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Set<Integer> readers = operands.readers(i);
            values[i] = evaluate(arguments.get(i), rows);
            failures.forEach((row, source, reason) -> {
                if (readers.stream().anyMatch(filter -> filter < 0 || passes[filter][row])) {
                    failed.putIfAbsent(row, reason);
                }
            });
        }
        if (failed.isEmpty()) {
            return new RowInput(rows, values, passes);
        }
        failed.forEach((row, reason) -> rejects.reject(rows, row, null, reason));
        return without(failed.keySet(), rows, values, passes);
    }

    private Column evaluate(Evaluated expression, Batch rows) {
        failures.begin(rows.rowCount());
        return expression.bound() == null
                ? rows.column(expression.column())
                : expression.bound().evaluate(rows, failures);
    }

    /** Unknown does not pass. */
    private static boolean[] passes(BooleanColumn column) {
        if (!column.nulls().any()) {
            return column.values();
        }
        boolean[] passes = new boolean[column.length()];
        for (int row = 0; row < passes.length; row++) {
            passes[row] = column.get(row) && !column.isNull(row);
        }
        return passes;
    }

    private static RowInput without(Set<Integer> failed, Batch rows, Column[] values, boolean[][] passes) {
        int[] kept = new int[rows.rowCount() - failed.size()];
        for (int row = 0, at = 0; row < rows.rowCount(); row++) {
            if (!failed.contains(row)) {
                kept[at++] = row;
            }
        }
        Selection selection = Selection.of(kept, kept.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i].select(selection);
        }
        for (int i = 0; i < passes.length; i++) {
            boolean[] selected = new boolean[kept.length];
            for (int at = 0; at < kept.length; at++) {
                selected[at] = passes[i][kept[at]];
            }
            passes[i] = selected;
        }
        return new RowInput(rows.select(selection), values, passes);
    }

    /** A column as it is, or an expression where {@code bound} is not null. */
    private record Evaluated(int column, BoundExpression bound) {
        static Evaluated of(Expression expression, Schema input, Optional<Instant> runStart) {
            return expression instanceof Expression.ColumnReference reference
                    ? new Evaluated(input.require(reference.name()), null)
                    : new Evaluated(-1, MeasureOperands.bind(expression, input, runStart));
        }
    }
}
