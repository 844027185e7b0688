package io.millrace.engines.spark.batch;

/** Spark finds its classes by the thread's class loader, which in the driver is that of the connectors. */
final class OwnClasses {
    private OwnClasses() {}

    /** Does something with the class loader that Spark's own classes come from. */
    static void during(Runnable work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClasses.class.getClassLoader());
        try {
            work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
