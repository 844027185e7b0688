package io.millrace.core.pipeline;

import io.millrace.api.Connector;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import io.millrace.api.TransformFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The connectors and transforms that pipeline files may name. Immutable and thread-safe. */
public final class Catalog {
    private final Map<String, Connector> connectors;
    private final Map<String, TransformFactory<?>> transforms;

    private Catalog(Map<String, Connector> connectors, Map<String, TransformFactory<?>> transforms) {
        this.connectors = Collections.unmodifiableMap(connectors);
        this.transforms = Collections.unmodifiableMap(transforms);
    }

    /** Everything on the class path. An internal error where a plugin cannot be loaded or a name is taken twice. */
    public static Catalog load() {
        List<Connector> connectors = new ArrayList<>();
        List<TransformFactory<?>> transforms = new ArrayList<>();
        try {
            ServiceLoader.load(Connector.class).forEach(connectors::add);
            ServiceLoader.load(TransformFactory.class).forEach(transforms::add);
        } catch (ServiceConfigurationError e) {
            throw new MillraceException(ErrorKind.INTERNAL, "a plugin cannot be loaded: " + e.getMessage(), e);
        }
        return of(connectors, transforms);
    }

    /** Exactly these. An internal error where a name is taken twice. */
    public static Catalog of(List<? extends Connector> connectors, List<? extends TransformFactory<?>> transforms) {
        Map<String, Connector> byName = new TreeMap<>();
        for (Connector connector : connectors) {
            unique("connector", connector.name(), connector, byName.put(connector.name(), connector));
        }
        Map<String, TransformFactory<?>> steps = new TreeMap<>();
        for (TransformFactory<?> transform : transforms) {
            unique("transform", transform.name(), transform, steps.put(transform.name(), transform));
            if (BuiltInSteps.all().containsKey(transform.name())) {
                throw new MillraceException(
                        ErrorKind.INTERNAL,
                        "the transform '" + transform.name() + "' of "
                                + transform.getClass().getName() + " has the name of a built-in step");
            }
        }
        return new Catalog(byName, steps);
    }

    /** All connectors by name, in the order of the names. */
    public Map<String, Connector> connectors() {
        return connectors;
    }

    /** All row transforms by name, in the order of the names. */
    public Map<String, TransformFactory<?>> transforms() {
        return transforms;
    }

    private static void unique(String what, String name, Object one, Object other) {
        if (other != null) {
            throw new MillraceException(
                    ErrorKind.INTERNAL,
                    "two " + what + "s are named '" + name + "': "
                            + other.getClass().getName() + " and "
                            + one.getClass().getName() + "; remove one of them from the class path");
        }
    }
}
