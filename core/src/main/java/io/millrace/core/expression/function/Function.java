package io.millrace.core.expression.function;

import io.millrace.core.expression.kernel.Kernel;
import java.time.Instant;
import java.util.List;

/** A function by name. Immutable and thread-safe. */
@FunctionalInterface
public interface Function {
    /**
     * The kernel for these arguments.
     *
     * @param runStart when the run began
     * @throws io.millrace.api.MillraceException a user error without a place, where number or types of the arguments do not fit
     */
    Kernel bind(List<Kernel> arguments, Instant runStart);
}
