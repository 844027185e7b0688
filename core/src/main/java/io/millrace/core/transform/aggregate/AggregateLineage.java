package io.millrace.core.transform.aggregate;

import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.measure.Measure;
import java.time.Instant;
import java.util.List;

/** What the columns of an aggregate come from. One use. */
final class AggregateLineage {
    private final Aggregate step;
    private final Schema input;
    private final StepLineage.Builder builder = new StepLineage.Builder();

    AggregateLineage(Aggregate step, Schema input) {
        this.step = step;
        this.input = input;
    }

    StepLineage find() {
        step.by().forEach(name -> builder.column(name, Part.IDENTITY, List.of(name)));
        builder.rows(Part.KEY, step.by());
        step.windowTime().filter(time -> step.window().isPresent()).ifPresent(time -> {
            List<String> columns = step.bind(input, Instant.EPOCH).output().names();
            int measures = columns.size() - step.measures().size();
            for (String bound : columns.subList(step.by().size(), measures)) {
                builder.column(bound, Part.VALUE, List.of(time)).column(bound, Part.KEY, step.by());
            }
            builder.rows(Part.REJECT, List.of(time)).rows(Part.KEY, List.of(time));
        });
        step.measures().forEach((name, measure) -> {
            builder.column(name, Part.VALUE, List.of());
            add(name, measure);
        });
        return builder.build();
    }

    private void add(String name, Measure measure) {
        if (measure instanceof Measure.Combined combined) {
            combined.parts().forEach(part -> add(name, part));
            if (combined.formula().mayFail()) {
                combined.parts().forEach(this::mayReject);
            }
        } else if (measure instanceof Measure.Filtered filtered) {
            builder.column(name, Part.FILTER, filtered.condition().columns());
            mayReject(filtered.condition());
            add(name, filtered.measure());
            if (sums(filtered.measure())) {
                builder.rows(Part.REJECT, filtered.condition().columns());
            }
        } else {
            Measure.Basic basic = (Measure.Basic) measure;
            basic.argument().ifPresent(argument -> {
                builder.column(name, Part.VALUE, argument.columns());
                mayReject(argument);
            });
            if (sums(basic)) {
                mayReject(basic);
            }
            if (basic.ordered()) {
                builder.order(List.of(name), input, step.order());
            }
        }
    }

    /** Whether the group may be rejected, because its sum does not fit its type. */
    private static boolean sums(Measure.Basic basic) {
        return basic instanceof Measure.Sum || basic instanceof Measure.Average;
    }

    /** Of an expression over rows. */
    private void mayReject(Expression expression) {
        if (expression.mayFail()) {
            builder.rows(Part.REJECT, expression.columns());
        }
    }

    /** Of a group for which something has no value, by what the measure is computed from. */
    private void mayReject(Measure measure) {
        if (measure instanceof Measure.Combined combined) {
            combined.parts().forEach(this::mayReject);
        } else if (measure instanceof Measure.Filtered filtered) {
            builder.rows(Part.REJECT, filtered.condition().columns());
            mayReject(filtered.measure());
        } else {
            Measure.Basic basic = (Measure.Basic) measure;
            basic.argument().ifPresent(argument -> builder.rows(Part.REJECT, argument.columns()));
            if (basic.ordered()) {
                builder.rows(Part.REJECT, input.names());
            }
        }
    }
}
