package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import io.millrace.api.MillraceException;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import io.millrace.api.data.Schema;
import io.millrace.api.data.Timestamps;
import io.millrace.core.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The newest value of a timestamp or date column is not older than this. A date counts until it ends, in UTC. */
record Freshness(String column, Duration limit, Severity severity) implements RunRule {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    @Override
    public String name() {
        return column + " freshness";
    }

    @Override
    public RunCounter bind(Schema input) {
        int position = input.require(column);
        DataType type = input.field(position).type();
        return switch (type.kind()) {
            case TIMESTAMP, DATE -> (batch, tally) -> newest(batch, batch.column(position), tally);
            case BOOLEAN, INT32, INT64, FLOAT64, DECIMAL, STRING, BINARY, JSON, LIST -> throw MillraceException.user(
                    "freshness is for timestamps and dates, not for " + type);
        };
    }

    private static void newest(Batch batch, Column column, RuleTally tally) {
        long newest = CheckTally.NEVER;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!column.isNull(row)) {
                newest = Math.max(
                        newest,
                        column instanceof LongColumn instants
                                ? instants.get(row)
                                : (((IntColumn) column).get(row) + 1L) * MICROS_PER_DAY - 1);
            }
        }
        tally.count(batch.rowCount(), 0);
        tally.seen(newest);
    }

    @Override
    public Optional<String> broken(CheckTally tally, Instant asOf) {
        if (tally.latest() == CheckTally.NEVER) {
            return Optional.of("there is no value, but one of the last " + DurationText.write(limit) + " is expected");
        }
        Instant newest = Timestamps.toInstant(tally.latest());
        if (!newest.isBefore(asOf.minus(limit))) {
            return Optional.empty();
        }
        return Optional.of(
                "the newest value, " + newest + ", is more than " + DurationText.write(limit) + " before " + asOf);
    }
}
