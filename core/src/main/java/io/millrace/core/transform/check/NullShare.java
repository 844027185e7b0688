package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import io.millrace.api.data.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** At most this share of a column is null. A run without rows keeps the rule. */
record NullShare(String column, double max, Severity severity) implements RunRule {
    @Override
    public String name() {
        return column + " nulls";
    }

    @Override
    public RunCounter bind(Schema input) {
        int position = input.require(column);
        return (batch, tally) ->
                tally.count(batch.rowCount(), batch.column(position).nulls().count(batch.rowCount()));
    }

    @Override
    public Optional<String> broken(CheckTally tally, Instant asOf) {
        return tally.count() <= max * tally.rows()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s are null (%.2f %%), but at most %.2f %% are expected",
                        RowRule.rows(tally),
                        100.0 * tally.count() / tally.rows(),
                        100 * max));
    }
}
