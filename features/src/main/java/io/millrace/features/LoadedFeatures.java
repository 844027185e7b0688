package io.millrace.features;

import io.millrace.core.config.Problem;
import java.util.List;

/** A features file, and what it should better not say. */
public record LoadedFeatures(FeatureDefinition definition, List<Problem> warnings) {
    public LoadedFeatures {
        warnings = List.copyOf(warnings);
    }
}
