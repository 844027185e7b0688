package io.millrace.engines.spark.features;

import io.millrace.api.BindContext;
import io.millrace.api.BoundTransform;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureView;
import io.millrace.features.local.FeatureSteps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The steps of a view. */
record FeatureWork(Schema input, Shipped<FeatureView> view, Shipped<AsOfRange> range, Instant runStart)
        implements KeyedWork {
    private static final long serialVersionUID = 1;

    static FeatureWork of(FeatureView view, AsOfRange range, Schema input) {
        return new FeatureWork(
                input, Shipped.of(FeatureView.class, view), Shipped.of(AsOfRange.class, range), Instant.now());
    }

    @Override
    public Bound bind() {
        Context context = new Context(runStart);
        List<Stage> stages = new ArrayList<>();
        List<BoundTransform> transforms = new ArrayList<>();
        Schema schema = input;
        for (StepDefinition step : FeatureSteps.of(view.value(), range.value())) {
            if (step instanceof StepDefinition.KeyedStep keyed) {
                BoundKeyedStep bound = keyed.step().bind(schema);
                stages.add(new Stage(transforms, bound));
                transforms = new ArrayList<>();
                schema = bound.output();
            } else if (step instanceof StepDefinition.RowStep row) {
                BoundTransform bound = row.transform().bind(schema, context);
                transforms.add(bound);
                schema = bound.output();
            } else {
                throw new IllegalStateException("no step of a view: " + step.label());
            }
        }
        return new Bound(stages, transforms, schema);
    }

    private record Context(Instant runStart) implements BindContext {
        @Override
        public Lookup lookup(String artifact) {
            throw MillraceException.user("a view looks nothing up; '" + artifact + "' goes with a pipeline");
        }
    }
}
