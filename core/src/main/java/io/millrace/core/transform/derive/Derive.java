package io.millrace.core.transform.derive;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.MillraceException;
import io.millrace.api.Transform;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.Expression;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code derive} with its settings. Binding goes on behind a column that does not fit, so that all problems are told at once. */
final class Derive implements Transform, Traced {
    private final DeriveSettings settings;

    Derive(DeriveSettings settings) {
        this.settings = settings;
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        Schema schema = input;
        List<BoundDerive.Derivation> derivations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, Expression> entry : settings.columns().entrySet()) {
            String name = entry.getKey();
            try {
                BoundExpression expression = entry.getValue().bind(schema, context.runStart());
                schema = with(schema, Field.of(name, expression.type()));
                derivations.add(
                        new BoundDerive.Derivation(name, onlyColumn(entry.getValue(), input), expression, schema));
                unknown.remove(name);
            } catch (MillraceException unfit) {
                // What reads a column that has no type yet cannot be judged.
                if (entry.getValue().columns().stream().noneMatch(unknown::contains)) {
                    problems.add("column '" + name + "': " + unfit.getMessage());
                }
                unknown.add(name);
            }
        }
        if (!problems.isEmpty()) {
            throw MillraceException.user(String.join("\n", problems));
        }
        return new BoundDerive(input, derivations);
    }

    @Override
    public StepLineage lineage(Schema input, Schema output) {
        StepLineage.Builder builder = StepLineage.Builder.passing(input);
        settings.columns().forEach((name, expression) -> {
            Part part = expression instanceof Expression.ColumnReference ? Part.IDENTITY : Part.VALUE;
            Set<StepLineage.Use> uses = new LinkedHashSet<>();
            // A column may read those derived before it, also the one whose place it takes.
            expression.columns().forEach(read -> builder.of(read)
                    .forEach(use -> uses.add(
                            new StepLineage.Use(use.origin(), use.part() == Part.IDENTITY ? part : Part.VALUE))));
            builder.without(name).column(name, part, List.of());
            uses.forEach(use -> builder.column(name, use));
            if (expression.mayFail()) {
                uses.forEach(use -> builder.rows(new StepLineage.Use(use.origin(), Part.REJECT)));
            }
        });
        return builder.build();
    }

    private static String onlyColumn(Expression expression, Schema input) {
        Set<String> columns = expression.columns();
        String first = columns.size() == 1 ? columns.iterator().next() : null;
        return first != null && input.contains(first) ? first : null;
    }

    private static Schema with(Schema schema, Field field) {
        int position = schema.indexOf(field.name());
        if (position >= 0) {
            return schema.with(position, field);
        }
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(field);
        return Schema.of(fields);
    }
}
