package io.millrace.core.transform.usercode;

import java.util.Map;

/** Options as they are written, for the class to say what they may be. */
record UserOptions(Map<String, Object> values) {
    @SuppressWarnings("unchecked")
    static UserOptions fromYaml(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a map of options");
        }
        return new UserOptions((Map<String, Object>) map);
    }

    static Map<String, Object> yamlSchema() {
        return Map.of("type", "object");
    }
}
