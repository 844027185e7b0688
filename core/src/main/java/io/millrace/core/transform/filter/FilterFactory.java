package io.millrace.core.transform.filter;

import io.millrace.api.Transform;
import io.millrace.api.TransformFactory;

/** Registers {@code filter}. */
public final class FilterFactory implements TransformFactory<FilterSettings> {
    @Override
    public String name() {
        return "filter";
    }

    @Override
    public Class<FilterSettings> settings() {
        return FilterSettings.class;
    }

    @Override
    public Transform create(FilterSettings settings) {
        return new Filter(settings.condition());
    }
}
