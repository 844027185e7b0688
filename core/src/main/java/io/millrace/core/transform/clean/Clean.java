package io.millrace.core.transform.clean;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.MillraceException;
import io.millrace.api.Transform;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** {@code clean} with its settings: binding resolves each column's rules into a {@link ColumnPlan}. */
final class Clean implements Transform, Traced {
    private final CleanSettings settings;

    Clean(CleanSettings settings) {
        this.settings = settings;
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        requireColumns(input, "strings.except", settings.strings().except());
        requireColumns(input, "nulls", settings.nulls().keySet());
        requireColumns(input, "types", settings.types().keySet());
        requireColumns(input, "outliers", settings.outliers().keySet());
        List<ColumnPlan> plans = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int position = 0; position < input.size(); position++) {
            Field field = input.field(position);
            try {
                ColumnPlan plan = plan(field, position);
                plans.add(plan);
                output.add(plan.output());
            } catch (MillraceException bad) {
                throw bad.during("clean, column '" + field.name() + "'");
            }
        }
        return new BoundClean(input, Schema.of(output), plans);
    }

    private ColumnPlan plan(Field field, int position) {
        String name = field.name();
        boolean tidied = field.type().kind() == Kind.STRING
                && settings.strings().changesAnything()
                && !settings.strings().except().contains(name);
        Conversion target = settings.types().get(name);
        CellConversion conversion = target == null ? null : Conversions.find(field.type(), target);
        DataType type = target == null ? field.type() : target.type();
        NullPolicy policy = settings.nulls().getOrDefault(name, new NullPolicy.Keep());
        Column filling = policy instanceof NullPolicy.Default given ? Literal.of(given.value(), type, "default") : null;
        Outlier outlier = settings.outliers().get(name);
        boolean nullable = policy instanceof NullPolicy.Keep ? field.nullable() : false;
        nullable |= outlier != null && outlier.action() == Outlier.Action.SET_NULL;
        return new ColumnPlan(
                position,
                new Field(name, type, nullable),
                tidied ? new TextCleaner(settings.strings()) : null,
                policy,
                conversion,
                filling,
                outlier == null ? null : RangeRule.of(outlier, type));
    }

    @Override
    public StepLineage lineage(Schema input, Schema output) {
        StepLineage.Builder builder = new StepLineage.Builder();
        for (Field field : input) {
            String name = field.name();
            boolean tidied = field.type().kind() == Kind.STRING
                    && settings.strings().changesAnything()
                    && !settings.strings().except().contains(name);
            NullPolicy policy = settings.nulls().getOrDefault(name, new NullPolicy.Keep());
            boolean converted = settings.types().containsKey(name);
            Outlier outlier = settings.outliers().get(name);
            boolean changed = tidied || converted || policy instanceof NullPolicy.Default || outlier != null;
            List<String> self = List.of(name);
            builder.column(name, changed ? Part.VALUE : Part.IDENTITY, self);
            if (policy instanceof NullPolicy.DropRow) {
                builder.rows(Part.FILTER, self);
            }
            // Clamping rejects what has no nearest bound.
            if (policy instanceof NullPolicy.Reject
                    || converted
                    || outlier != null && outlier.action() != Outlier.Action.SET_NULL) {
                builder.rows(Part.REJECT, self);
            }
        }
        return builder.build();
    }

    private static void requireColumns(Schema input, String key, Collection<String> names) {
        for (String name : Set.copyOf(names)) {
            try {
                input.require(name);
            } catch (MillraceException unknown) {
                throw unknown.during("clean, " + key);
            }
        }
    }
}
