package io.millrace.core.embedded;

import io.millrace.api.BindContext;
import io.millrace.api.Connector;
import io.millrace.api.ConnectorContext;
import io.millrace.api.Lookup;
import io.millrace.api.MillraceException;
import io.millrace.api.RetryPolicy;
import io.millrace.api.Suggestion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** Finds plugins by name, and what they are given outside of a pipeline. */
final class Plugins {
    private Plugins() {}

    static Connector connector(Map<String, Connector> known, String name) {
        return require("connector", known, name);
    }

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

    static BindContext bindContext() {
        Instant now = Instant.now();
        return new BindContext() {
            @Override
            public Instant runStart() {
                return now;
            }

            @Override
            public Lookup lookup(String artifact) {
                throw MillraceException.user("the look-up '" + artifact + "' is prepared by runs only; use a pipeline");
            }
        };
    }
}
