package io.millrace.core.fit;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.DataType;
import io.millrace.core.learned.Learner;
import io.millrace.core.transform.normalize.PlannedRule;

/** A column whose values are taken from the rows on their way to the rule that will normalize it. */
record FitTap(int position, DataType type, PlannedRule rule) {
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
