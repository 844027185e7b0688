package io.millrace.core.pipeline;

import io.millrace.api.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where the splits of a run are worked on. */
public enum Engine {
    /** Threads of this process. */
    LOCAL,
    /** Tasks of a Spark job. */
    SPARK;

    /** As pipeline files and commands name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(Engine::label).toList();
    }

    /** Reads an engine's name; IllegalArgumentException where there is no such engine. */
    public static Engine fromYaml(Object value) {
        if (value.equals("flink")) {
            throw new IllegalArgumentException(
                    "what runs on Flink runs without end: use 'millrace stream' for it; a run's engine is local or spark");
        }
        return Arrays.stream(values())
                .filter(engine -> value.equals(engine.label()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown engine '" + value + "'"
                        + Suggestion.didYouMean(value.toString(), labels()) + " (known: " + String.join(", ", labels())
                        + ")"));
    }

    /** The JSON Schema of an engine's name. */
    public static Map<String, Object> yamlSchema() {
        return Map.of("type", "string", "enum", labels());
    }
}
