package io.millrace.engines.flink;

import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Which failures the job begins again after, at its last checkpoint, and which end it. */
final class Recovery {
    private final Progress progress;
    private final ClassLoader connectors;

    Recovery(StreamParts parts) {
        this.progress = parts.progress();
        this.connectors = parts.loader().getClass().getClassLoader();
    }

    /** Some work of an operator. */
    interface Work {
        void perform() throws Exception;
    }

    /**
     * Does it, for libraries that ask the thread for classes as one of the connector's threads; what cannot be mended by
     * doing it again ends the job.
     */
    void guard(Work work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(connectors);
        try {
            work.perform();
        } catch (MillraceException failed) {
            progress.failed(failed);
            if (passes(failed.kind())) {
                throw failed;
            }
            throw new SuppressRestartsException(failed);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean passes(ErrorKind kind) {
        // A commit without an answer is looked for when the job begins again.
        return kind.retryable() || kind == ErrorKind.COMMIT_UNKNOWN || kind == ErrorKind.STOPPED;
    }
}
