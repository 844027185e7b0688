package io.millrace.core.pipeline;

import io.millrace.api.Connector;
import io.millrace.api.DefinitionFiles;
import io.millrace.api.TransformFactory;
import io.millrace.core.config.Place;
import io.millrace.core.config.Shape;
import io.millrace.core.config.Shapes;
import io.millrace.core.lookup.LookupSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The shapes of documents with the connectors and transforms of a catalog. */
final class PipelineShape {
    private PipelineShape() {}

    /** @param files those that the steps are made with */
    static Shape of(Class<? extends Record> document, Catalog catalog, DefinitionFiles files) {
        return Shapes.of(
                document,
                Map.of(
                        SourceDefinition.class, sources(catalog),
                        TargetDefinition.class, targets(catalog),
                        StepDefinition.class, steps(catalog, files)));
    }

    private static Shape sources(Catalog catalog) {
        Map<String, Shape.Alternative> readable = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (Connector connector : catalog.connectors().values()) {
            String name = connector.name();
            connector
                    .source()
                    .ifPresentOrElse(
                            factory -> readable.put(
                                    name,
                                    alternative(
                                            factory.settings(),
                                            (settings, place) ->
                                                    new SourceDefinition(name, factory, (Record) settings, place))),
                            () -> refused.put(name, ""));
        }
        refused.replaceAll((name, unused) -> "the connector '" + name
                + "' can only be written; those that can be read: " + String.join(", ", readable.keySet()));
        return new Shape.OneOf("connector", readable, refused, false);
    }

    private static Shape targets(Catalog catalog) {
        Map<String, Shape.Alternative> writable = new LinkedHashMap<>();
        Map<String, String> refused = new LinkedHashMap<>();
        for (Connector connector : catalog.connectors().values()) {
            String name = connector.name();
            connector
                    .target()
                    .ifPresentOrElse(
                            factory -> writable.put(
                                    name,
                                    alternative(
                                            factory.settings(),
                                            (settings, place) ->
                                                    new TargetDefinition(name, factory, (Record) settings, place))),
                            () -> refused.put(name, ""));
        }
        refused.replaceAll((name, unused) -> "the connector '" + name
                + "' can only be read; those that can be written: " + String.join(", ", writable.keySet()));
        return new Shape.OneOf("connector", writable, refused, false);
    }

    private static Shape steps(Catalog catalog, DefinitionFiles files) {
        Map<String, Shape.Alternative> steps = new LinkedHashMap<>();
        Map<Class<?>, Shape> given = given(catalog);
        for (TransformFactory<?> factory : catalog.transforms().values()) {
            steps.put(factory.name(), rowStep(factory, given, files));
        }
        BuiltInSteps.all()
                .forEach((name, settings) -> steps.put(
                        name, alternative(settings, (bound, place) -> BuiltInSteps.define(name, bound, place))));
        return new Shape.OneOf("step", steps, Map.of(), false);
    }

    /** Types of components that are no settings, but depend on what can be read. */
    static Map<Class<?>, Shape> given(Catalog catalog) {
        return Map.of(LookupSource.class, LookupShape.of(catalog));
    }

    private static <S extends Record> Shape.Alternative rowStep(
            TransformFactory<S> factory, Map<Class<?>, Shape> given, DefinitionFiles files) {
        String name = factory.name();
        return alternative(factory.settings(), given, (settings, place) -> {
            S typed = factory.settings().cast(settings);
            return new StepDefinition.RowStep(name, name, factory.create(typed, files), typed, place);
        });
    }

    private static Shape.Alternative alternative(Class<?> settings, BiFunction<Object, Place, Object> finish) {
        return alternative(settings, Map.of(), finish);
    }

    static Shape.Alternative alternative(
            Class<?> settings, Map<Class<?>, Shape> given, BiFunction<Object, Place, Object> finish) {
        return new Shape.Alternative(once(() -> Shapes.of(settings, given)), finish);
    }

    /** Settings classes are looked at when first needed, so that a run loads those of its own connectors only. */
    private static Supplier<Shape> once(Supplier<Shape> derive) {
        return new Supplier<>() {
            private Shape shape;

            @Override
            public synchronized Shape get() {
                if (shape == null) {
                    shape = derive.get();
                }
                return shape;
            }
        };
    }
}
