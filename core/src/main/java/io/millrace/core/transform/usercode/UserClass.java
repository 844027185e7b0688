package io.millrace.core.transform.usercode;

import io.millrace.api.ErrorKind;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.core.config.SettingsMaps;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes objects of a user's class by the one public constructor that takes its options, or takes nothing. */
record UserClass(Class<?> type) {
    /** An object; InvalidSetting where the class or the options are not as they must be. */
    Object make(Map<String, Object> options) {
        if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
            throw new InvalidSetting("class", type.getName() + " must be public and not abstract");
        }
        Optional<Constructor<?>> taking = constructor(parameter -> parameter.isRecord() || parameter == Map.class);
        if (taking.isPresent()) {
            Class<?> parameter = taking.get().getParameterTypes()[0];
            return call(
                    taking.get(),
                    parameter == Map.class ? options : settings(parameter.asSubclass(Record.class), options));
        }
        if (!options.isEmpty()) {
            throw new InvalidSetting(
                    "options",
                    type.getName() + " takes no options: it has no public constructor with one parameter that is a"
                            + " record or a Map");
        }
        try {
            return call(type.getConstructor());
        } catch (NoSuchMethodException none) {
            throw new InvalidSetting(
                    "class",
                    type.getName()
                            + " has neither a public constructor without parameters nor one that takes a record or"
                            + " a Map of options");
        }
    }

    private interface Takes {
        boolean test(Class<?> parameter);
    }

    private Optional<Constructor<?>> constructor(Takes takes) {
        return Stream.<Constructor<?>>of(type.getConstructors())
                .filter(made -> made.getParameterCount() == 1 && takes.test(made.getParameterTypes()[0]))
                .findFirst();
    }

    private Object call(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            throw refused(thrown.getCause());
        } catch (ReflectiveOperationException inaccessible) {
            throw new MillraceException(
                    ErrorKind.USER, type.getName() + " cannot be made: " + inaccessible, inaccessible);
        }
    }

    private RuntimeException refused(Throwable cause) {
        if (cause instanceof InvalidSetting setting) {
            return new InvalidSetting("options." + setting.key(), setting.getMessage());
        }
        if (cause instanceof MillraceException known) {
            return known;
        }
        return cause instanceof IllegalArgumentException
                ? new InvalidSetting("options", cause.getMessage())
                : new MillraceException(ErrorKind.USER, type.getName() + " cannot be made: " + cause, cause);
    }

    /** A settings record of the user's. */
    static <S extends Record> S settings(Class<S> record, Map<String, Object> options) {
        return SettingsMaps.bind(record, "options", options);
    }
}
