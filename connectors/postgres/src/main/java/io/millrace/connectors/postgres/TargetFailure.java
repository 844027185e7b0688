package io.millrace.connectors.postgres;

import io.millrace.api.ErrorKind;
import io.millrace.api.Lineage;
import io.millrace.api.MillraceException;

/** What is not the server's failure. */
final class TargetFailure {
    private TargetFailure() {}

    static MillraceException fenced(String target, Lineage lineage) {
        return new MillraceException(
                ErrorKind.FENCED,
                "a newer attempt at the run " + lineage.id() + " of pipeline '" + lineage.pipeline()
                        + "' has taken over " + target + "; this one must not write any more");
    }
}
