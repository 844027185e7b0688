package io.millrace.core.step;

import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import io.millrace.core.pipeline.StepDefinition;
import io.millrace.core.pipeline.StepDefinition.RowStep;
import java.util.List;

/** What the steps of a job look up in. */
public final class StepLookups {
    private StepLookups() {}

    /** Touches nothing yet. */
    public static Lookups of(List<StepDefinition> steps) {
        return new Lookups(steps.stream()
                .filter(RowStep.class::isInstance)
                .map(step -> ((RowStep) step).transform())
                .filter(LookupTransform.class::isInstance)
                .flatMap(transform -> ((LookupTransform) transform).requests().stream())
                .toList());
    }
}
