package io.millrace.core.config;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Calls into settings types: what they throw themselves comes through as it is. */
final class Reflection {
    private Reflection() {}

    static Object create(Constructor<?> constructor, Object... arguments) {
        return unwrapped(constructor.getDeclaringClass(), () -> constructor.newInstance(arguments));
    }

    static Object call(Method method, Object... arguments) {
        return unwrapped(method.getDeclaringClass(), () -> method.invoke(null, arguments));
    }

    private static Object unwrapped(Class<?> type, Call call) {
        try {
            return call.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw failed(type, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw failed(type, e);
        }
    }

    private static MillraceException failed(Class<?> type, Throwable cause) {
        return new MillraceException(ErrorKind.INTERNAL, "cannot make the settings " + type.getName(), cause);
    }

    /** A reflective call. */
    @FunctionalInterface
    private interface Call {
        Object run() throws ReflectiveOperationException;
    }
}
