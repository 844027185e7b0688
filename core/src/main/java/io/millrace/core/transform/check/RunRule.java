package io.millrace.core.transform.check;

import io.millrace.api.data.Schema;

/** A rule about all rows of a run, judged on a few sums. */
sealed interface RunRule extends Rule permits RowCount, NullShare, Freshness {
    /** A user error where the columns do not allow the rule. */
    RunCounter bind(Schema input);
}
