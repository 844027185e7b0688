package io.millrace.engines.flink;

import java.util.function.Supplier;

/**
 * Lends the thread to a connector: libraries of clients ask the thread for classes, and those of a connector are behind a
 * class loader of its own, while the class path is Flink's.
 */
final class ConnectorThread {
    private ConnectorThread() {}

    static <T> T as(Object connector, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(connector.getClass().getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
