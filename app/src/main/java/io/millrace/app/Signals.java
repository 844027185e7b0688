package io.millrace.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Hears SIGTERM and SIGINT. By reflection, because the one class of the JDK that can do it is not part of its documented
 * interface; where it is missing, a signal ends the process at once, and the run is resumable all the same.
 */
public final class Signals {
    private Signals() {}

    /** What to do when a signal comes: its number as the shell counts exit codes (130, 143), and how often so far. */
    public interface Reaction {
        void on(int exitCode, int times);
    }

    public static void handle(Reaction reaction) {
        handle("INT", 130, reaction);
        handle("TERM", 143, reaction);
    }

    private static void handle(String name, int exitCode, Reaction reaction) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            int[] times = new int[1];
            InvocationHandler calls = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : null;
                }
                reaction.on(exitCode, ++times[0]);
                return null;
            };
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, calls);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException unsupported) {
            // Then the system's default stands: the process ends.
        }
    }
}
