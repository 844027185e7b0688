package io.millrace.core.embedded;

import io.millrace.api.BindContext;
import io.millrace.api.ConnectorContext;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Suggestion;
import io.millrace.api.Transform;
import io.millrace.core.lookup.LookupTransform;
import io.millrace.core.lookup.Lookups;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Finds plugins by name, and what they are given outside of a pipeline. */
final class Plugins {
    private Plugins() {}

    /** The plugin of this name; a user error that names the nearest where there is none. */
    static <P> P require(String what, Map<String, P> known, String name) {
        P plugin = known.get(name);
        if (plugin == null) {
            throw MillraceException.user("there is no " + what + " '" + name + "'"
                    + Suggestion.didYouMean(name, known.keySet()) + "; on the class path are " + known.keySet());
        }
        return plugin;
    }

    /** Relative paths begin in the working directory. */
    static ConnectorContext connectorContext() {
        return new ConnectorContext(Path.of("").toAbsolutePath(), RetryPolicy.DEFAULT);
    }

    /** A transform that can reach what it looks up in. */
    static Transform connected(Transform transform) {
        return transform instanceof LookupTransform looking ? looking.connected(connectorContext()) : transform;
    }

    /** What a transform binds to; a table that it looks up in is read now. */
    static BindContext bindContext(Transform transform) {
        Lookups lookups = new Lookups(transform instanceof LookupTransform looking ? looking.requests() : List.of());
        lookups.prepareForNow();
        return lookups.at(Instant.now());
    }
}
