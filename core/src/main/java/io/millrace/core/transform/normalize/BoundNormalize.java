package io.millrace.core.transform.normalize;

import io.millrace.api.BoundTransform;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.Schema;
import java.util.ArrayList;
import java.util.List;

/** {@code normalize} bound to a schema. All rules see the step's input; a row's first reason is that of the first rule. */
final class BoundNormalize implements BoundTransform {
    private final Schema input;
    private final Schema output;
    private final List<PlannedRule> rules;
    private final Kernel[] kernels;
    private final int[] positions;
    private final RefusedRows refused = new RefusedRows();

    BoundNormalize(Schema input, Schema output, List<PlannedRule> rules, Kernel[] kernels, int[] positions) {
        this.input = input;
        this.output = output;
        this.rules = rules;
        this.kernels = kernels;
        this.positions = positions;
    }

    @Override
    public Schema output() {
        return output;
    }

    @Override
    public Batch apply(Batch batch, Rejects rejects) {
        if (!batch.schema().equals(input)) {
            throw new IllegalArgumentException("bound to " + input + ", got a batch of " + batch.schema());
        }
        refused.begin(batch.rowCount());
        List<List<Column>> replaced = new ArrayList<>();
        for (int position = 0; position < input.size(); position++) {
            replaced.add(null);
        }
        List<Column> added = new ArrayList<>();
        for (int i = 0; i < kernels.length; i++) {
            PlannedRule rule = rules.get(i);
            List<Column> results = kernels[i].apply(batch.column(positions[i]), refused.of(rule.column()));
            if (rule.as().isPresent()) {
                added.addAll(results);
            } else {
                replaced.set(positions[i], results);
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int position = 0; position < input.size(); position++) {
            List<Column> results = replaced.get(position);
            if (results == null) {
                columns.add(batch.column(position));
            } else {
                columns.addAll(results);
            }
        }
        columns.addAll(added);
        return refused.end(batch, batch.withColumns(output, columns), rejects);
    }
}
