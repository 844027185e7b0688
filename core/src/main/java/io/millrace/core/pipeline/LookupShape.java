package io.millrace.core.pipeline;

import io.millrace.api.Connector;
import io.millrace.core.config.Place;
import io.millrace.core.config.Shape;
import io.millrace.core.lookup.LookupSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What may stand where a step says which table it looks up in: a connector that can be read, one that can only be asked by
 * key, or {@code keyed} and one that can be either.
 */
final class LookupShape {
    private static final String KEYED = "keyed";

    private LookupShape() {}

    static Shape of(Catalog catalog) {
        Map<String, Shape.Alternative> alternatives = new LinkedHashMap<>();
        Map<String, Shape.Alternative> either = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        Map<String, String> notKeyed = new LinkedHashMap<>();
        for (Connector connector : catalog.connectors().values()) {
            String name = connector.name();
            connector
                    .source()
                    .ifPresent(factory -> alternatives.put(
                            name,
                            alternative(
                                    factory.settings(),
                                    (settings, place) -> new LookupSource.Whole(name, factory, (Record) settings))));
            connector.lookup().ifPresent(factory -> (connector.source().isPresent() ? either : alternatives)
                    .put(
                            name,
                            alternative(
                                    factory.settings(),
                                    (settings, place) -> new LookupSource.ByKey(name, factory, (Record) settings))));
            if (!alternatives.containsKey(name)) {
                refused.put(name, "the connector '" + name + "' can only be written");
            }
            if (!either.containsKey(name)) {
                notKeyed.put(
                        name,
                        connector.lookup().isPresent()
                                ? "the connector '" + name + "' is always asked by key; write it without keyed"
                                : "the connector '" + name + "' cannot be asked by key; write it without keyed");
            }
        }
        if (!either.isEmpty()) {
            Shape keyed = new Shape.OneOf("connector", either, notKeyed, false);
            alternatives.put(KEYED, new Shape.Alternative(() -> keyed, (value, place) -> value));
        }
        return new Shape.OneOf("connector", alternatives, refused, false);
    }

    private static Shape.Alternative alternative(Class<?> settings, BiFunction<Object, Place, Object> finish) {
        return PipelineShape.alternative(settings, Map.of(), finish);
    }
}
