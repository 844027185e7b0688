package io.millrace.connectors.delta;

import io.delta.kernel.exceptions.KernelException;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;

/** What a failure inside Delta Kernel means for the run. */
final class KernelFailure {
    private KernelFailure() {}

    /**
     * @param attempted what was done, as the beginning of a sentence: "cannot read"
     * @param table its path or URI
     */
    static MillraceException of(String attempted, String table, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MillraceException known) {
                return known;
            }
        }
        String problem = attempted + " the Delta table " + table + ": " + reason(failure);
        if (failure instanceof KernelException) {
            return new MillraceException(
                    ErrorKind.USER, problem + "; what this connector cannot do, engine: spark may", failure);
        }
        return MillraceException.unavailable(problem, failure);
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && !(deepest instanceof KernelException)) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }
}
