package io.millrace.core.transform.derive;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Selection;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.kernel.RowFailures;
import java.util.ArrayList;
import java.util.List;

/** {@code derive} bound to a schema. A row is rejected as it came in, with the first reason in the order of the columns. */
final class BoundDerive implements BoundTransform {
    private final Schema input;
    private final List<Derivation> derivations;
    private final RowFailures failures = new RowFailures();

    /**
     * One column.
     *
     * @param reads the column of the input that alone is read, or null
     * @param schema with the column, and those derived before it
     */
    record Derivation(String name, String reads, BoundExpression expression, Schema schema) {}

    BoundDerive(Schema input, List<Derivation> derivations) {
        this.input = input;
        this.derivations = List.copyOf(derivations);
    }

    @Override
    public Schema output() {
        return derivations.get(derivations.size() - 1).schema();
    }

    @Override
    public Batch apply(Batch batch, Rejects rejects) {
        if (!batch.schema().equals(input)) {
            throw new IllegalArgumentException("bound to " + input + ", got a batch of " + batch.schema());
        }
        failures.begin(batch.rowCount());
        Batch derived = batch;
        for (int i = 0; i < derivations.size(); i++) {
            Derivation derivation = derivations.get(i);
            failures.from(i);
            Column column = derivation.expression().evaluate(derived, failures);
            List<Column> columns = new ArrayList<>(derived.columns());
            int position = derivation.schema().indexOf(derivation.name());
            if (position < columns.size()) {
                columns.set(position, column);
            } else {
                columns.add(column);
            }
            derived = derived.withColumns(derivation.schema(), columns);
        }
        failures.forEach((row, expression, reason) -> {
            Derivation derivation = derivations.get(expression);
            rejects.reject(batch, row, derivation.reads(), derivation.name() + ": " + reason);
        });
        return failures.count() == 0 ? derived : derived.select(kept(batch.rowCount()));
    }

    private Selection kept(int rows) {
        int[] kept = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            kept[count] = row;
            count += failures.failed(row) ? 0 : 1;
        }
        return Selection.of(kept, count);
    }
}
