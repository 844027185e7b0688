package io.millrace.core.transform.check;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** Makes {@code check} steps. */
public final class CheckFactory implements TransformFactory<CheckSettings> {
    @Override
    public String name() {
        return "check";
    }

    @Override
    public Class<CheckSettings> settings() {
        return CheckSettings.class;
    }

    @Override
    public Transform create(CheckSettings settings) {
        return new Check(settings.rules().rules());
    }
}
