package io.millrace.core.transform.normalize;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.DefinitionFiles;
import io.millrace.api.MillraceException;
import io.millrace.api.Transform;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.core.learned.FitFile;
import io.millrace.core.learned.FitFileFormat;
import io.millrace.core.learned.Learned;
import io.millrace.core.lineage.Part;
import io.millrace.core.lineage.StepLineage;
import io.millrace.core.lineage.Traced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code normalize} with its settings and with what its fit files held when the pipeline was read. Immutable. */
public final class Normalize implements Transform, Traced {
    /** The key in the pipeline file's {@code transform} list. */
    public static final String NAME = "normalize";

    private final List<PlannedRule> rules;

    private Normalize(List<PlannedRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** A user error where a fit file is not one; that there is none yet comes up when the step is bound. */
    static Normalize of(NormalizeSettings settings, DefinitionFiles files) {
        Map<String, FitFile> read = new HashMap<>();
        List<PlannedRule> rules = new ArrayList<>();
        settings.columns().forEach((column, setting) -> {
            Rule rule = setting.rule();
            Optional<FitFile> learned = rule.fit()
                    .flatMap(path -> Optional.ofNullable(read.computeIfAbsent(path, file -> files.read(file)
                            .map(bytes -> FitFileFormat.read(bytes, file))
                            .orElse(null))));
            rules.add(new PlannedRule(column, rule, setting.as(), learned));
        });
        return new Normalize(rules);
    }

    /** The rules in the order of the file. */
    public List<PlannedRule> rules() {
        return rules;
    }

    /** The same step with these fit files, by path, instead of those it has. */
    public Normalize with(Map<String, FitFile> files) {
        return new Normalize(rules.stream()
                .map(rule -> rule.rule().fit().map(files::get).map(rule::with).orElse(rule))
                .toList());
    }

    /** The same step with only some of its rules. */
    public Normalize only(Set<PlannedRule> kept) {
        return new Normalize(rules.stream().filter(kept::contains).toList());
    }

    @Override
    public BoundTransform bind(Schema input, BindContext context) {
        Kernel[] kernels = new Kernel[rules.size()];
        int[] positions = new int[kernels.length];
        for (int i = 0; i < kernels.length; i++) {
            PlannedRule rule = rules.get(i);
            try {
                positions[i] = input.require(rule.column());
                kernels[i] = rule.rule().kernel(input.field(positions[i]), rule.output(), parameters(rule));
            } catch (MillraceException unfit) {
                throw unfit.during("normalize, column '" + rule.column() + "'");
            }
        }
        return new BoundNormalize(input, output(input, kernels), rules, kernels, positions);
    }

    @Override
    public StepLineage lineage(Schema input, Schema output) {
        StepLineage.Builder builder = StepLineage.Builder.passing(input);
        for (PlannedRule rule : rules) {
            if (rule.as().isEmpty()) {
                builder.without(rule.column());
            }
        }
        for (PlannedRule rule : rules) {
            Field field = input.field(input.require(rule.column()));
            rule.rule()
                    .kernel(field, rule.output(), parameters(rule))
                    .outputs()
                    .forEach(made -> builder.column(made.name(), Part.VALUE, List.of(rule.column())));
            builder.rows(Part.REJECT, List.of(rule.column()));
        }
        return builder.build();
    }

    private static Learned parameters(PlannedRule rule) {
        rule.learned().flatMap(rule::mismatch).ifPresent(why -> {
            throw MillraceException.user("the fit file " + rule.rule().fit().orElseThrow() + " " + why
                    + "; learn it again:  millrace fit FILE --refit");
        });
        return rule.parameters()
                .orElseThrow(() -> MillraceException.user("there is no fit file "
                        + rule.rule().fit().orElseThrow() + "; learn it first:  millrace fit FILE"));
    }

    /** The input's columns, those with a rule replaced by its results, then the new ones. */
    private Schema output(Schema input, Kernel[] kernels) {
        List<Field> fields = new ArrayList<>();
        for (Field field : input) {
            int rule = replacing(field.name());
            fields.addAll(rule < 0 ? List.of(field) : kernels[rule].outputs());
        }
        for (int i = 0; i < kernels.length; i++) {
            if (rules.get(i).as().isPresent()) {
                fields.addAll(kernels[i].outputs());
            }
        }
        try {
            return Schema.of(fields);
        } catch (IllegalArgumentException twice) {
            throw MillraceException.user(
                    "normalize: " + twice.getMessage() + "; give a result another name with  as: NAME");
        }
    }

    /** The rule whose results take the place of a column, or -1. */
    private int replacing(String column) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).as().isEmpty() && rules.get(i).column().equals(column)) {
                return i;
            }
        }
        return -1;
    }
}
