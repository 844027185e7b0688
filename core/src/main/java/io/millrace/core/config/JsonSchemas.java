package io.millrace.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON Schemas (2020-12) of shapes. What they accept is at least what binding accepts; what only a record's constructor
 * knows is beyond them. A value with a {@code ${…}} reference is accepted wherever a single value is.
 */
public final class JsonSchemas {
    /** Sorts the keys of maps, whose order is not even the same from process to process. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonSchemas() {}

    /** A whole document of this shape. */
    public static ObjectNode document(String title, Shape shape) {
        ObjectNode document = NODES.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", title);
        document.setAll(of(shape));
        document.putObject("$defs")
                .putObject("reference")
                .put("description", "A value from the environment, a file or the run's window.")
                .put("type", "string")
                .put("pattern", "\\$\\{[^}]+\\}");
        return document;
    }

    private static ObjectNode of(Shape shape) {
        if (shape instanceof Shape.Text || shape instanceof Shape.Hidden || shape instanceof Shape.Scalar) {
            return types("string", "number", "boolean");
        } else if (shape instanceof Shape.Flag) {
            return orReference(types("boolean"));
        } else if (shape instanceof Shape.Whole) {
            return orReference(types("integer"));
        } else if (shape instanceof Shape.Real) {
            return orReference(types("number"));
        } else if (shape instanceof Shape.Words words) {
            return orReference(enumeration(List.copyOf(words.constants().keySet())));
        } else if (shape instanceof Shape.Form form) {
            boolean number = !form.pattern().isEmpty() && Pattern.matches(form.pattern(), "1");
            ObjectNode text = number ? types("string", "integer") : types("string");
            return form.pattern().isEmpty() ? text : orReference(text.put("pattern", form.pattern()));
        } else if (shape instanceof Shape.Custom custom) {
            return custom.jsonSchema()
                    .get()
                    .map(schema -> orReference(JSON.valueToTree(withSchemas(schema))))
                    .orElseGet(NODES::objectNode);
        } else if (shape instanceof Shape.ListOf list) {
            return types("array").set("items", of(list.element()));
        } else if (shape instanceof Shape.MapOf map) {
            return types("object").set("additionalProperties", of(map.value()));
        } else if (shape instanceof Shape.Inline inline) {
            return described(inline.key());
        } else if (shape instanceof Shape.Settings settings) {
            return settings(settings);
        }
        return oneOf((Shape.OneOf) shape);
    }

    /** A schema in which each shape is replaced by its own. */
    private static Object withSchemas(Object schema) {
        if (schema instanceof Map<?, ?> map) {
            Map<String, Object> replaced = new LinkedHashMap<>();
            map.forEach((key, value) -> replaced.put((String) key, withSchemas(value)));
            return replaced;
        } else if (schema instanceof List<?> list) {
            return list.stream().map(JsonSchemas::withSchemas).toList();
        }
        return schema instanceof Shape shape ? of(shape) : schema;
    }

    private static ObjectNode settings(Shape.Settings shape) {
        ObjectNode schema = types("object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Shape.Key key : shape.keys()) {
            properties.set(key.name(), described(key));
            if (key.presence() == Shape.Presence.REQUIRED) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode described(Shape.Key key) {
        ObjectNode schema = NODES.objectNode();
        schema.put("description", key.description());
        ObjectNode below = of(key.shape());
        below.remove("description");
        schema.setAll(below);
        key.defaultValue().ifPresent(value -> schema.set("default", value(key.shape(), value)));
        key.example().ifPresent(value -> schema.putArray("examples").add(value(key.shape(), value)));
        return schema;
    }

    private static ObjectNode oneOf(Shape.OneOf shape) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode choices = schema.putArray("oneOf");
        List<String> bare = shape.alternatives().entrySet().stream()
                .filter(entry -> shape.bare()
                        && entry.getValue().shape().get() instanceof Shape.Settings settings
                        && settings.mayBeEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!bare.isEmpty()) {
            choices.add(enumeration(bare));
            choices.add(reference());
        }
        shape.alternatives().forEach((name, alternative) -> {
            ObjectNode choice = types("object");
            choice.putObject("properties").set(name, of(alternative.shape().get()));
            choice.putArray("required").add(name);
            choices.add(choice.put("additionalProperties", false));
        });
        return schema;
    }

    /** A default or example: text where text is wanted, however it looks. */
    private static JsonNode value(Shape shape, YamlNode node) {
        boolean text = shape instanceof Shape.Text || shape instanceof Shape.Form || shape instanceof Shape.Words;
        if (text && node instanceof YamlNode.Scalar scalar) {
            return NODES.textNode(scalar.text());
        }
        Problems problems = new Problems();
        JsonNode value = JSON.valueToTree(PlainValues.of(node, "", problems));
        problems.throwIfAny();
        return value;
    }

    private static ObjectNode types(String... names) {
        ObjectNode schema = NODES.objectNode();
        if (names.length == 1) {
            return schema.put("type", names[0]);
        }
        ArrayNode types = schema.putArray("type");
        for (String name : names) {
            types.add(name);
        }
        return schema;
    }

    private static ObjectNode enumeration(List<String> words) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode values = schema.putArray("enum");
        words.forEach(values::add);
        return schema;
    }

    private static ObjectNode orReference(ObjectNode schema) {
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(schema).add(reference());
        return either;
    }

    private static ObjectNode reference() {
        return NODES.objectNode().put("$ref", "#/$defs/reference");
    }
}
