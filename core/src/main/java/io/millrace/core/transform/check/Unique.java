package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** No two rows of the run have equal keys. Rows with a null in the key are not compared. */
record Unique(List<String> key, Severity severity) implements KeyRule {
    static final String REASON = "occurs more than once";

    @Override
    public String name() {
        return key.get(0) + " unique"
                + (key.size() == 1 ? "" : " with " + String.join(", ", key.subList(1, key.size())));
    }

    @Override
    public boolean countsFirst() {
        return false;
    }

    @Override
    public Optional<String> broken(CheckTally tally, Instant asOf) {
        return tally.count() == 0 ? Optional.empty() : Optional.of(RowRule.rows(tally) + " repeat a value");
    }
}
