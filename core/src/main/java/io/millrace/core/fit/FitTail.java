package io.millrace.core.fit;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.MillraceException;
import io.millrace.api.Rejects;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.learned.Learner;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.transform.normalize.Normalize;
import io.millrace.core.transform.normalize.PlannedRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The neighbouring {@code normalize} steps of a pass, for the schema that reaches them. A rule learns from what its step will
 * see. Rows do not go through rules that are still to be learned, so a rule which needs their result waits for the next pass.
 */
final class FitTail {
    private final FitPass pass;
    private final List<Stage> stages;
    private final BindContext context;

    /** One step: what is taken in front of it, and what rows go through. */
    private record Stage(Schema input, List<FitTap> taps, Normalize passed) {}

    private FitTail(FitPass pass, List<Stage> stages, BindContext context) {
        this.pass = pass;
        this.stages = stages;
        this.context = context;
    }

    /** A user error, with the step's place, where a column is missing or its type does not fit. */
    static FitTail of(FitPass pass, Schema source, BindContext context) {
        List<Stage> stages = new ArrayList<>();
        Set<String> unknown = new HashSet<>();
        Schema schema = source;
        for (StepDefinition step : pass.tail()) {
            try {
                Stage stage = stage(pass, FitPass.normalize(step).orElseThrow(), schema, unknown);
                stages.add(stage);
                try (BoundTransform bound = stage.passed.bind(schema, context)) {
                    schema = bound.output();
                }
            } catch (MillraceException unfit) {
                throw unfit.during(step.place() + ": step '" + step.label() + "'");
            }
        }
        FitTail tail = new FitTail(pass, stages, context);
        tail.requireOneTypeEach();
        return tail;
    }

    private static Stage stage(FitPass pass, Normalize normalize, Schema schema, Set<String> unknown) {
        List<FitTap> taps = new ArrayList<>();
        Set<PlannedRule> passed = new LinkedHashSet<>();
        Set<String> made = new HashSet<>();
        for (PlannedRule rule : normalize.rules()) {
            // Columns that a rule still to be learned will make are not there either.
            boolean waits = unknown.contains(rule.column()) || !unknown.isEmpty() && schema.indexOf(rule.column()) < 0;
            if (!waits && pass.wanted().test(rule)) {
                taps.add(tap(pass, schema, rule));
            }
            if (waits || pass.open().test(rule)) {
                made.add(rule.output());
            } else {
                passed.add(rule);
            }
        }
        unknown.addAll(made);
        return new Stage(schema, taps, normalize.only(passed));
    }

    private static FitTap tap(FitPass pass, Schema schema, PlannedRule rule) {
        try {
            int position = schema.require(rule.column());
            DataType type = schema.field(position).type();
            pass.learner().apply(rule, type);
            return new FitTap(position, type, rule);
        } catch (MillraceException unfit) {
            throw unfit.during("normalize, column '" + rule.column() + "'");
        }
    }

    private void requireOneTypeEach() {
        Map<String, FitTap> first = new HashMap<>();
        for (FitTap tap : taps()) {
            FitTap other = first.putIfAbsent(tap.path(), tap);
            if (other != null && !other.type().equals(tap.type())) {
                throw MillraceException.user("the columns '" + other.rule().column() + "' (" + other.type() + ") and '"
                        + tap.rule().column() + "' (" + tap.type() + ") cannot share the fit file " + tap.path()
                        + "; give each its own");
            }
        }
    }

    /** All that is taken. */
    List<FitTap> taps() {
        return stages.stream().flatMap(stage -> stage.taps.stream()).toList();
    }

    /** An empty learner for each path. */
    Map<String, Learner> newLearners() {
        Map<String, Learner> learners = new TreeMap<>();
        taps().forEach(tap ->
                learners.computeIfAbsent(tap.path(), path -> pass.learner().apply(tap.rule(), tap.type())));
        return learners;
    }

    /** The steps for one thread. */
    Bound bind() {
        return new Bound();
    }

    /** Takes values from batches on their way. One thread. */
    final class Bound implements AutoCloseable {
        private final List<BoundTransform> transforms = new ArrayList<>();

        Bound() {
            stages.forEach(stage -> transforms.add(stage.passed.bind(stage.input, context)));
        }

        void take(Batch source, Rejects rejects, Map<String, Learner> learners) {
            Batch batch = source;
            for (int i = 0; i < stages.size() && batch.rowCount() > 0; i++) {
                for (FitTap tap : stages.get(i).taps) {
                    tap.take(batch, learners.get(tap.path()));
                }
                batch = transforms.get(i).apply(batch, rejects);
            }
        }

        @Override
        public void close() {
            transforms.forEach(BoundTransform::close);
        }
    }
}
