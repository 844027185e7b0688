package io.millrace.core.transform.check;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** Makes {@code check} steps. */
public final class CheckFactory implements TransformFactory<CheckSettings> {
    static final String NAME = "check";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<CheckSettings> settings() {
        return CheckSettings.class;
    }

    @Override
    public Transform create(CheckSettings settings) {
        return Check.of(settings.rules().rules());
    }
}
