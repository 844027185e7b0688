package io.millrace.features.local;

import io.millrace.api.data.Schema;
import io.millrace.core.keyed.BoundKeyedStep;
import io.millrace.core.keyed.KeyedStep;
import io.millrace.features.BoundFeatures;
import io.millrace.features.FeatureView;

/** Adds to events those that happen to two values together. */
record PairStep(FeatureView view) implements KeyedStep {
    @Override
    public BoundKeyedStep bind(Schema input) {
        return new BoundPairStep(BoundFeatures.of(view, input));
    }
}
