package io.millrace.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns of an entity, written as one name or as a list. */
record EntityColumns(List<String> columns) {
    EntityColumns {
        columns = List.copyOf(columns);
    }

    /** Binds the written form. */
    static EntityColumns fromYaml(Object value) {
        if (value instanceof String name) {
            return new EntityColumns(List.of(name));
        }
        if (value instanceof List<?> names) {
            List<String> columns = new ArrayList<>();
            for (Object name : names) {
                if (!(name instanceof String text)) {
                    throw new IllegalArgumentException("must be the name of a column, or a list of names");
                }
                columns.add(text);
            }
            return new EntityColumns(columns);
        }
        throw new IllegalArgumentException("must be the name of a column, or a list of names");
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        Map<String, Object> name = Map.of("type", "string");
        return Map.of("anyOf", List.of(name, Map.of("type", "array", "items", name)));
    }
}
