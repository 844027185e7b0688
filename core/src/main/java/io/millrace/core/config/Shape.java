package io.millrace.core.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What may be written in one place of a configuration file. Derived from settings records by {@link Shapes}; binding,
 * the JSON Schema and the reference are all made from it. Immutable.
 */
public sealed interface Shape {
    /** What belongs there, to follow "must be": "a whole number", "true or false". */
    String expectation();

    /** True where a secret may stand there or below, so that no message may show what does. */
    default boolean secret() {
        return false;
    }

    /** Any text; a plain number or boolean is taken as it is written. */
    record Text() implements Shape {
        @Override
        public String expectation() {
            return "text";
        }
    }

    /** A {@link io.millrace.api.Secret}. */
    record Hidden() implements Shape {
        @Override
        public String expectation() {
            return "text";
        }

        @Override
        public boolean secret() {
            return true;
        }
    }

    /** true or false. */
    record Flag() implements Shape {
        @Override
        public String expectation() {
            return "true or false";
        }
    }

    /** An int, or a long where {@code wide}. */
    record Whole(boolean wide) implements Shape {
        @Override
        public String expectation() {
            return "a whole number";
        }
    }

    /** A finite double. */
    record Real() implements Shape {
        @Override
        public String expectation() {
            return "a number";
        }
    }

    /** One of some words: an enum. */
    record Words(Map<String, Object> constants) implements Shape {
        @Override
        public String expectation() {
            return "one of " + String.join(", ", constants.keySet());
        }
    }

    /**
     * A text with a form of its own, such as a duration.
     *
     * @param pattern a regular expression for editors, not stricter than {@code parse}
     * @param parse IllegalArgumentException where the text has another form
     * @param write the text that {@code parse} reads back
     */
    record Form(
            Class<?> type,
            String expectation,
            String pattern,
            Function<String, Object> parse,
            Function<Object, String> write)
            implements Shape {}

    /** Any single value as YAML reads it: text, a number or a boolean. */
    record Scalar() implements Shape {
        @Override
        public String expectation() {
            return "a single value";
        }
    }

    /**
     * A type that reads plain Java values itself, by its static method {@code fromYaml(Object)}.
     *
     * @param jsonSchema found when first needed; a Shape within it stands for its own schema
     * @param within what is bound by a shape of its own, by the keys that lead to it: the type is given that value there
     */
    record Custom(
            Class<?> type,
            Method fromYaml,
            Supplier<Optional<Map<String, Object>>> jsonSchema,
            Function<List<String>, Optional<Shape>> within)
            implements Shape {
        @Override
        public String expectation() {
            String name = Shapes.snakeCase(type.getSimpleName()).replace('_', ' ');
            return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
        }
    }

    /** A list. */
    record ListOf(Shape element) implements Shape {
        @Override
        public String expectation() {
            return "a list";
        }

        @Override
        public boolean secret() {
            return element.secret();
        }
    }

    /**
     * A map with keys of the user's choice.
     *
     * @param ordered true where another order of the keys means something else
     */
    record MapOf(Shape value, boolean ordered) implements Shape {
        @Override
        public String expectation() {
            return "a map of names and values";
        }

        @Override
        public boolean secret() {
            return value.secret();
        }
    }

    /** A settings record with its keys. */
    record Settings(Class<?> type, Constructor<?> constructor, List<Key> keys) implements Shape {
        @Override
        public String expectation() {
            return keys.isEmpty()
                    ? "an empty map {}"
                    : "a map with the keys "
                            + String.join(", ", keys.stream().map(Key::name).toList());
        }

        @Override
        public boolean secret() {
            return keys.stream().anyMatch(key -> key.shape().secret());
        }

        /** True where all keys may be absent. */
        public boolean mayBeEmpty() {
            return keys.stream().noneMatch(key -> key.presence() == Presence.REQUIRED);
        }
    }

    /** A settings record that is written as the bare value of its only component. */
    record Inline(Constructor<?> constructor, Key key) implements Shape {
        @Override
        public String expectation() {
            return key.shape().expectation();
        }

        @Override
        public boolean secret() {
            return key.shape().secret();
        }
    }

    /**
     * One of several named alternatives, written as a map with the name as its only key.
     *
     * @param what what is chosen, for messages: "connector", "step"
     * @param refused names that exist but cannot stand here, and why
     * @param bare true where a name whose settings may all be absent can be written alone
     */
    record OneOf(String what, Map<String, Alternative> alternatives, Map<String, String> refused, boolean bare)
            implements Shape {
        @Override
        public String expectation() {
            return "a " + what + ": " + String.join(", ", alternatives.keySet());
        }

        @Override
        public boolean secret() {
            return alternatives.values().stream()
                    .anyMatch(alternative -> alternative.shape().get().secret());
        }
    }

    /**
     * An alternative of a {@link OneOf}.
     *
     * @param shape what is below the name, found when first needed
     * @param finish makes the final value from the bound one and the name's place; may refuse by IllegalArgumentException
     */
    record Alternative(Supplier<Shape> shape, BiFunction<Object, Place, Object> finish) {}

    /** A key of a settings record. */
    record Key(
            String name,
            Shape shape,
            Presence presence,
            String description,
            Optional<YamlNode> defaultValue,
            Optional<YamlNode> example) {}

    /** What an absent key means. */
    enum Presence {
        /** A problem. */
        REQUIRED,
        /** An empty Optional. */
        OPTIONAL,
        /** An empty list or map. */
        EMPTY,
        /** The default value. */
        DEFAULT
    }
}
