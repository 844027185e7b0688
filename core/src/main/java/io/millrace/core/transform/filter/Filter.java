package io.millrace.core.transform.filter;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Transform;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;

/** {@code filter} with its condition. */
record Filter(Expression condition) implements Transform, Traced {
    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        return new BoundFilter(input, condition, context.runStart());
    }

    @Override
    public StepLineage lineage(Schema input, Schema output) {
        return StepLineage.Builder.passing(input)
                .rows(Part.FILTER, condition.columns())
                .build();
    }
}
