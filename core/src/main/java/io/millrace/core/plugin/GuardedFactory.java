package io.millrace.core.plugin;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** A plugin's factory whose transforms are {@linkplain GuardedTransform guarded}. */
public record GuardedFactory<S extends Record>(TransformFactory<S> factory, Plugin plugin)
        implements TransformFactory<S> {
    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public Class<S> settings() {
        return factory.settings();
    }

    @Override
    public Transform create(S settings) {
        return new GuardedTransform(factory.create(settings), factory.getClass().getName(), plugin);
    }
}
