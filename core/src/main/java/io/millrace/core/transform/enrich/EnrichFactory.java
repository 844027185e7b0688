package io.millrace.core.transform.enrich;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** Registers {@code enrich}. */
public final class EnrichFactory implements TransformFactory<EnrichSettings> {
    static final String NAME = "enrich";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<EnrichSettings> settings() {
        return EnrichSettings.class;
    }

    @Override
    public Transform create(EnrichSettings settings) {
        return new Enrich(settings, settings.request(NAME));
    }
}
