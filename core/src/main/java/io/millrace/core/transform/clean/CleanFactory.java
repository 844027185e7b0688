package io.millrace.core.transform.clean;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** Registers {@code clean}. */
public final class CleanFactory implements TransformFactory<CleanSettings> {
    @Override
    public String name() {
        return "clean";
    }

    @Override
    public Class<CleanSettings> settings() {
        return CleanSettings.class;
    }

    @Override
    public Transform create(CleanSettings settings) {
        return new Clean(settings);
    }
}
