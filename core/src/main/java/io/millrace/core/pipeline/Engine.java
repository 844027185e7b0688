package io.millrace.core.pipeline;

import io.millrace.api.Suggestion;
import java.util.List;
import java.util.Map;

/** Where the splits of a run are worked on. */
public enum Engine {
    /** Threads of this process. */
    LOCAL;

    /** Reads an engine's name; IllegalArgumentException where this build has no such engine. */
    public static Engine fromYaml(Object value) {
        if (value.equals("local")) {
            return LOCAL;
        }
        throw new IllegalArgumentException(
                value.equals("spark")
                        ? "the engine spark is not available in this build yet; only local is"
                        : "unknown engine '" + value + "'" + Suggestion.didYouMean(value.toString(), List.of("local"))
                                + " (known: local)");
    }

    /** The JSON Schema of an engine's name. */
    public static Map<String, Object> yamlSchema() {
        return Map.of("type", "string", "enum", List.of("local"));
    }
}
