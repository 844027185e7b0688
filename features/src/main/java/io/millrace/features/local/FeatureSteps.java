package io.millrace.features.local;

import io.millrace.core.config.Place;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.transform.derive.DeriveFactory;
import io.millrace.core.transform.derive.DeriveSettings;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureView;
import java.util.ArrayList;
import java.util.List;

/** The steps that make a view's values of its events, whoever reads and writes. */
public final class FeatureSteps {
    private static final Place PLACE = Place.named("features");

    private FeatureSteps() {}

    /** From events to {@link io.millrace.features.BoundFeatures#output}. */
    public static List<StepDefinition> of(FeatureView view, AsOfRange range) {
        List<StepDefinition> steps = new ArrayList<>();
        view.pairs().ifPresent(pairs -> steps.add(keyed("pairs", new PairStep(view))));
        steps.add(keyed("measures", new FeatureStep(view, range)));
        steps.addAll(behind(view));
        return steps;
    }

    /** The steps behind the measures. */
    static List<StepDefinition> behind(FeatureView view) {
        List<StepDefinition> steps = new ArrayList<>();
        if (!view.derive().isEmpty()) {
            DeriveSettings settings = new DeriveSettings(view.derive());
            steps.add(new StepDefinition.RowStep(
                    "derive", "features", new DeriveFactory().create(settings), settings, PLACE));
        }
        view.rank()
                .forEach((name, ranking) ->
                        steps.add(keyed("rank", "rank-" + name, new RankStep(name, ranking, view.grainColumns()))));
        return steps;
    }

    static StepDefinition keyed(String name, KeyedStep step) {
        return keyed(name, name, step);
    }

    private static StepDefinition keyed(String name, String label, KeyedStep step) {
        return new StepDefinition.KeyedStep(name, label, step, PLACE);
    }
}
