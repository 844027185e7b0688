package io.millrace.core.transform.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of a {@code check} step in the order in which they are written. Immutable. */
final class CheckRules {
    private final List<Rule> rules;

    CheckRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    List<Rule> rules() {
        return rules;
    }

    /** Binds the written form; InvalidSetting or IllegalArgumentException with what would be right where it is none. */
    static CheckRules fromYaml(Object value) {
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new IllegalArgumentException(
                    "must be a map of columns and their rules, such as {user_id: not_null, rows: {min: 1}}");
        }
        return new CheckRules(new RuleReader().read(map));
    }

    /** The settings that stand below the rule {@code exists_in} of a column, however that is written. */
    static Optional<Class<?>> yamlSettings(List<String> keys) {
        boolean rule = keys.size() > (!keys.isEmpty() && keys.get(0).equals(RuleReader.COLUMNS) ? 2 : 1);
        return rule && keys.get(keys.size() - 1).equals(RuleReader.EXISTS_IN)
                ? Optional.of(ExistsInSettings.class)
                : Optional.empty();
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        return RuleSchema.of();
    }
}
