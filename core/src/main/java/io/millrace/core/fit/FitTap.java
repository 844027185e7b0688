package io.millrace.core.fit;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.core.learned.Learner;
import io.millrace.core.transform.normalize.PlannedRule;

/**
 * A place where values are taken from the rows on their way.
 *
 * @param step the step of the pass that would normalize them
 * @param position of the column in that step's input
 */
record FitTap(int step, int position, PlannedRule rule) {
    /** Where what is learned belongs. */
    String path() {
        return rule.rule().fit().orElseThrow();
    }

    void take(Batch batch, Learner learner) {
        try {
            learner.add(batch.column(position));
        } catch (MillraceException refused) {
            throw refused.during("column '" + rule.column() + "'");
        }
    }
}
