package io.millrace.core.transform.check;

import java.util.List;
import java.util.Map;

/** The JSON Schema of a {@code check} step, for editors. */
final class RuleSchema {
    private static final Map<String, Object> REFERENCE = Map.of("$ref", "#/$defs/reference");
    private static final Map<String, Object> SCALAR = Map.of("type", List.of("string", "number", "boolean"));
    private static final Map<String, Object> WHOLE = Map.of("anyOf", List.of(Map.of("type", "integer"), REFERENCE));
    private static final Map<String, Object> SHARE =
            Map.of("anyOf", List.of(Map.of("type", "number", "minimum", 0, "maximum", 1), REFERENCE));
    private static final Map<String, Object> YES = Map.of("const", true);
    private static final Map<String, Object> TEXTS =
            Map.of("type", "array", "items", Map.of("type", "string"), "minItems", 1);
    private static final Map<String, Object> SEVERITY = Map.of(
            "description",
            "What happens where a rule of this map is broken: rows are rejected, the report says it, or the run fails.",
            "enum",
            List.of("reject", "warn", "fail"));

    private RuleSchema() {}

    static Map<String, Object> of() {
        Map<String, Object> rows = map(Map.of("min", WHOLE, "max", WHOLE, "severity", SEVERITY));
        Map<String, Object> column = Map.of(
                "anyOf",
                List.of(
                        Map.of("enum", List.of(RuleReader.NOT_NULL, RuleReader.UNIQUE)),
                        map(Map.ofEntries(
                                Map.entry(RuleReader.NOT_NULL, YES),
                                Map.entry(RuleReader.UNIQUE, Map.of("anyOf", List.of(YES, map(Map.of("with", TEXTS))))),
                                Map.entry(RuleReader.RANGE, map(Map.of("min", SCALAR, "max", SCALAR))),
                                Map.entry(RuleReader.REGEX, Map.of("type", "string")),
                                Map.entry(RuleReader.IN, Map.of("type", "array", "items", SCALAR, "minItems", 1)),
                                Map.entry(RuleReader.EXISTS_IN, ExistsInSettings.class),
                                Map.entry(RuleReader.NULLS, map(Map.of("max", SHARE))),
                                Map.entry(RuleReader.DISTINCT, map(Map.of("min", WHOLE, "max", WHOLE))),
                                Map.entry(RuleReader.FRESHNESS, Map.of("type", "string")),
                                Map.entry(RuleReader.SEVERITY, SEVERITY)))));
        return Map.of(
                "type",
                "object",
                "minProperties",
                1,
                "properties",
                Map.of(
                        RuleReader.ROWS,
                        oneOrMore(rows),
                        RuleReader.COLUMNS,
                        Map.of("type", "object", "additionalProperties", oneOrMore(column))),
                "additionalProperties",
                oneOrMore(column));
    }

    private static Map<String, Object> map(Map<String, Object> properties) {
        return Map.of("type", "object", "properties", properties, "additionalProperties", false, "minProperties", 1);
    }

    private static Map<String, Object> oneOrMore(Map<String, Object> form) {
        return Map.of("anyOf", List.of(form, Map.of("type", "array", "items", form, "minItems", 1)));
    }
}
