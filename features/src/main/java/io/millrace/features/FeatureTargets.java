package io.millrace.features;

import io.millrace.api.Setting;
import io.millrace.core.pipeline.TargetDefinition;
import java.util.Optional;

/** The keys under {@code load}. */
record FeatureTargets(
        @Setting("Where a batch run writes: one connector and its settings.") Optional<TargetDefinition> batch,
        @Setting("Where a stream writes: one connector and its settings.") Optional<TargetDefinition> stream) {}
