package io.millrace.core.pipeline;

import io.millrace.api.TransformFactory;
import io.millrace.core.config.SettingsMaps;

/** Settings of single steps, for those who use steps without a pipeline. */
public final class StepSettings {
    private StepSettings() {}

    /** A step's settings from Java values; see {@link SettingsMaps#bind}. */
    public static <S extends Record> S bind(Catalog catalog, TransformFactory<S> step, Object values) {
        return SettingsMaps.bind(step.settings(), PipelineShape.given(catalog), step.name(), values);
    }
}
