package io.millrace.core.transform.derive;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.MillraceException;
import io.millrace.api.Transform;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.BoundExpression;
import io.millrace.core.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code derive} with its settings. Binding goes on behind a column that does not fit, so that all problems are told at once. */
final class Derive implements Transform {
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
