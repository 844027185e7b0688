package io.millrace.core.transform.derive;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** Registers {@code derive}. */
public final class DeriveFactory implements TransformFactory<DeriveSettings> {
    @Override
    public String name() {
        return "derive";
    }

    @Override
    public Class<DeriveSettings> settings() {
        return DeriveSettings.class;
    }

    @Override
    public Transform create(DeriveSettings settings) {
        return new Derive(settings);
    }
}
