package io.millrace.core.transform.normalize;

import io.millrace.api.DefinitionFiles;
import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;
import java.util.Optional;

/** Registers {@code normalize}. */
public final class NormalizeFactory implements TransformFactory<NormalizeSettings> {
    @Override
    public String name() {
        return Normalize.NAME;
    }

    @Override
    public Class<NormalizeSettings> settings() {
        return NormalizeSettings.class;
    }

    /** Without files: a rule that names one cannot be bound. */
    @Override
    public Transform create(NormalizeSettings settings) {
        return create(settings, path -> Optional.empty());
    }

    @Override
    public Transform create(NormalizeSettings settings, DefinitionFiles files) {
        return Normalize.of(settings, files);
    }
}
