package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.Optional;

/** So many rows come out of the step. */
record RowCount(Limits limits, Severity severity) implements RunRule {
    @Override
    public String name() {
        return "rows";
    }

    @Override
    public RunCounter bind(Schema input) {
        return (batch, tally) -> tally.count(batch.rowCount(), 0);
    }

    @Override
    public Optional<String> broken(CheckTally tally, Instant asOf) {
        return limits.broken(tally.rows(), "rows");
    }
}
