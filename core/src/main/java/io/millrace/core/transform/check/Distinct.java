package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The run has so many different values of a column, nulls not counted. */
record Distinct(String column, Limits limits, Severity severity) implements KeyRule {
    @Override
    public String name() {
        return column + " distinct";
    }

    @Override
    public List<String> key() {
        return List.of(column);
    }

    @Override
    public boolean countsFirst() {
        return true;
    }

    @Override
    public Optional<String> broken(CheckTally tally, Instant asOf) {
        return limits.broken(tally.count(), "different values");
    }
}
