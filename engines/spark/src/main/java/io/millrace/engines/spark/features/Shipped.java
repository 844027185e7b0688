package io.millrace.engines.spark.features;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A definition on its way to the tasks of one job: a record of records, lists, maps, optional and serialisable values, which
 * itself is not serialisable. Never stored, so that its form may change with every version.
 *
 * @param <T> its class
 */
final class Shipped<T> implements Serializable {
    private static final long serialVersionUID = 1;

    private final Class<T> type;
    private final Serializable form;

    private Shipped(Class<T> type, Serializable form) {
        this.type = type;
        this.form = form;
    }

    static <T> Shipped<T> of(Class<T> type, T value) {
        return new Shipped<>(type, pack(value));
    }

    T value() {
        return type.cast(unpack(form));
    }

    private enum Kind {
        LIST,
        MAP,
        OPTIONAL,
        OPTIONAL_INT,
        RECORD
    }

    /** Something taken apart. */
    private record Parts(Kind kind, Class<?> type, Serializable[] parts) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    private static Serializable pack(Object value) {
        if (value instanceof List<?> list) {
            return parts(Kind.LIST, null, list);
        } else if (value instanceof Map<?, ?> map) {
            List<Object> entries = new ArrayList<>();
            map.forEach((key, each) -> {
                entries.add(key);
                entries.add(each);
            });
            return parts(Kind.MAP, null, entries);
        } else if (value instanceof Optional<?> optional) {
            return parts(Kind.OPTIONAL, null, optional.stream().toList());
        } else if (value instanceof OptionalInt optional) {
            return parts(Kind.OPTIONAL_INT, null, optional.stream().boxed().toList());
        } else if (value instanceof Record) {
            List<Object> components = new ArrayList<>();
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                components.add(component(component, value));
            }
            return parts(Kind.RECORD, value.getClass(), components);
        } else if (value == null || value instanceof Serializable) {
            return (Serializable) value;
        }
        throw new IllegalArgumentException("no part of a definition: " + value.getClass());
    }

    private static Parts parts(Kind kind, Class<?> type, List<?> values) {
        Serializable[] packed = new Serializable[values.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = pack(values.get(i));
        }
        return new Parts(kind, type, packed);
    }

    private static Object component(RecordComponent component, Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(component.toString(), impossible);
        }
    }

    private static Object unpack(Object form) {
        if (!(form instanceof Parts packed)) {
            return form;
        }
        List<Object> values = new ArrayList<>();
        for (Serializable part : packed.parts) {
            values.add(unpack(part));
        }
        return switch (packed.kind) {
            case LIST -> Collections.unmodifiableList(values);
            case MAP -> map(values);
            case OPTIONAL -> values.stream().findFirst();
            case OPTIONAL_INT -> values.isEmpty() ? OptionalInt.empty() : OptionalInt.of((Integer) values.get(0));
            case RECORD -> record(packed.type, values);
        };
    }

    private static Map<Object, Object> map(List<Object> entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i += 2) {
            map.put(entries.get(i), entries.get(i + 1));
        }
        return map;
    }

    private static Object record(Class<?> type, List<Object> components) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(components.toArray());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type.toString(), impossible);
        }
    }
}
