package io.millrace.core.config;

import io.millrace.api.Secret;
import io.millrace.api.Setting;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Derives shapes from settings records, by the rules in {@link Setting}. A record that breaks them is a defect of its
 * author: IllegalArgumentException.
 */
public final class Shapes {
    private static final Shapes PLAIN = new Shapes(Map.of());

    private final Map<Class<?>, Shape> given;

    private Shapes(Map<Class<?>, Shape> given) {
        this.given = given;
    }

    /** The shape of a settings record. */
    public static Shape of(Class<?> record) {
        return PLAIN.derive(record);
    }

    /** The shape of a record some of whose components have types that are not settings, but these shapes. */
    public static Shape of(Class<?> record, Map<Class<?>, Shape> given) {
        return new Shapes(Map.copyOf(given)).derive(record);
    }

    private Shape derive(Class<?> type) {
        return derive(type, type.getName(), List.of());
    }

    private Shape derive(Type type, String where, List<Class<?>> outer) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain, where, outer);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return new Shape.ListOf(derive(arguments[0], where, outer));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new Shape.MapOf(derive(arguments[1], where, outer), false);
            }
        }
        throw unsupported(type, where);
    }

    private Shape ofClass(Class<?> type, String where, List<Class<?>> outer) {
        if (given.containsKey(type)) {
            return given.get(type);
        }
        Optional<Shape> simple = custom(type).or(() -> simple(type)).or(() -> TextForms.of(type));
        if (simple.isPresent()) {
            return simple.get();
        }
        if (outer.contains(type)) {
            throw new IllegalArgumentException(where + ": the settings " + type.getName() + " contain themselves");
        }
        List<Class<?>> within = new ArrayList<>(outer);
        within.add(type);
        if (type.isRecord()) {
            return record(type, within);
        }
        if (type.isInterface() && type.isSealed()) {
            Map<String, Shape.Alternative> alternatives = new LinkedHashMap<>();
            alternatives(type, within, alternatives);
            return new Shape.OneOf(snakeCase(type.getSimpleName()).replace('_', ' '), alternatives, Map.of(), true);
        }
        throw unsupported(type, where);
    }

    private static Optional<Shape> simple(Class<?> type) {
        if (type == String.class) {
            return Optional.of(new Shape.Text());
        } else if (type == Secret.class) {
            return Optional.of(new Shape.Hidden());
        } else if (type == boolean.class || type == Boolean.class) {
            return Optional.of(new Shape.Flag());
        } else if (type == int.class || type == Integer.class) {
            return Optional.of(new Shape.Whole(false));
        } else if (type == long.class || type == Long.class) {
            return Optional.of(new Shape.Whole(true));
        } else if (type == double.class || type == Double.class) {
            return Optional.of(new Shape.Real());
        } else if (type == Object.class) {
            return Optional.of(new Shape.Scalar());
        } else if (type.isEnum()) {
            Map<String, Object> words = new LinkedHashMap<>();
            for (Object constant : type.getEnumConstants()) {
                words.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
            }
            return Optional.of(new Shape.Words(words));
        }
        return Optional.empty();
    }

    private Optional<Shape> custom(Class<?> type) {
        return staticMethod(type, "fromYaml", Object.class)
                .filter(method -> type.isAssignableFrom(method.getReturnType()))
                .map(method -> new Shape.Custom(type, method, () -> jsonSchema(type), within(type)));
    }

    @SuppressWarnings("unchecked")
    private Optional<Map<String, Object>> jsonSchema(Class<?> type) {
        return staticMethod(type, "yamlSchema")
                .map(method -> (Map<String, Object>) withShapes((Map<String, Object>) Reflection.call(method)));
    }

    /** A JSON Schema in which shapes stand for the settings classes in it. */
    private Object withShapes(Object schema) {
        if (schema instanceof Map<?, ?> map) {
            Map<String, Object> replaced = new LinkedHashMap<>();
            map.forEach((key, value) -> replaced.put((String) key, withShapes(value)));
            return replaced;
        } else if (schema instanceof List<?> list) {
            return list.stream().map(this::withShapes).toList();
        }
        return schema instanceof Class<?> settings ? derive(settings) : schema;
    }

    private Function<List<String>, Optional<Shape>> within(Class<?> type) {
        Optional<Method> method = staticMethod(type, "yamlSettings", List.class);
        return keys -> method.flatMap(known -> (Optional<?>) Reflection.call(known, keys))
                .map(settings -> derive((Class<?>) settings));
    }

    private static Optional<Method> staticMethod(Class<?> type, String name, Class<?>... parameters) {
        try {
            Method method = type.getDeclaredMethod(name, parameters);
            if (!Modifier.isStatic(method.getModifiers())) {
                return Optional.empty();
            }
            method.setAccessible(true);
            return Optional.of(method);
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    private Shape record(Class<?> type, List<Class<?>> outer) {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = constructor(type, components);
        List<Shape.Key> keys = new ArrayList<>();
        for (RecordComponent component : components) {
            keys.add(key(component, outer));
        }
        if (components.length > 0 && components[0].getAnnotation(Setting.class).inline()) {
            if (components.length > 1) {
                throw new IllegalArgumentException(type.getName() + ": only a record's single component can be inline");
            }
            return new Shape.Inline(constructor, keys.get(0));
        }
        return new Shape.Settings(type, constructor, List.copyOf(keys));
    }

    private Shape.Key key(RecordComponent component, List<Class<?>> outer) {
        String where = component.getDeclaringRecord().getName() + "." + component.getName();
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(where + ": a settings component needs @Setting");
        }
        Type type = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        Shape derived = derive(optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type, where, outer);
        Shape shape =
                setting.ordered() && derived instanceof Shape.MapOf map ? new Shape.MapOf(map.value(), true) : derived;
        Optional<YamlNode> defaultValue = yaml(setting.defaultValue(), where);
        Shape.Presence presence = optional
                ? Shape.Presence.OPTIONAL
                : defaultValue.isPresent()
                        ? Shape.Presence.DEFAULT
                        : shape instanceof Shape.ListOf || shape instanceof Shape.MapOf
                                ? Shape.Presence.EMPTY
                                : Shape.Presence.REQUIRED;
        if (optional && defaultValue.isPresent()) {
            throw new IllegalArgumentException(where + ": is Optional and has a default; only one of them can be");
        }
        return new Shape.Key(
                setting.name().isEmpty() ? snakeCase(component.getName()) : setting.name(),
                shape,
                presence,
                setting.value(),
                defaultValue,
                yaml(setting.example(), where));
    }

    private void alternatives(Class<?> type, List<Class<?>> outer, Map<String, Shape.Alternative> alternatives) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                Shape shape = ofClass(permitted, type.getName(), outer);
                Supplier<Shape> known = () -> shape;
                alternatives.put(
                        snakeCase(permitted.getSimpleName()), new Shape.Alternative(known, (value, place) -> value));
            } else {
                alternatives(permitted, outer, alternatives);
            }
        }
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no canonical constructor", e);
        }
    }

    private static Optional<YamlNode> yaml(String text, String where) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Problems problems = new Problems();
        Optional<YamlNode> node = YamlReader.readAt(Place.named(where), text, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "a default or example is not YAML: " + problems.exception().getMessage());
        }
        return node;
    }

    private static IllegalArgumentException unsupported(Type type, String where) {
        return new IllegalArgumentException(where + ": settings cannot have the type " + type.getTypeName());
    }

    /** {@code timeColumn} and {@code TimeColumn} become {@code time_column}. */
    static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder();
        for (char c : name.toCharArray()) {
            if (Character.isUpperCase(c) && !snake.isEmpty()) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }
}
