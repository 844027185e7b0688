package io.millrace.engines.spark.batch;

import io.millrace.api.MillraceException;

/** Failures as they travel from a task to the driver, which does not have the classes of plugins. */
final class TaskFailure {
    private static final int MAX_CAUSES = 5;

    private TaskFailure() {}

    /** The same kind, message and stack; causes by their texts. */
    static MillraceException travelling(RuntimeException failure) {
        String message = failure instanceof MillraceException ? failure.getMessage() : failure.toString();
        MillraceException copy =
                new MillraceException(MillraceException.kindOf(failure), message, text(failure.getCause(), MAX_CAUSES));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    private static Throwable text(Throwable cause, int depth) {
        if (cause == null || depth == 0) {
            return null;
        }
        RuntimeException copy = new RuntimeException(cause.toString(), text(cause.getCause(), depth - 1));
        copy.setStackTrace(cause.getStackTrace());
        return copy;
    }
}
