package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A table that is looked up in holds the value, alone or together with those of other columns. */
record ExistsIn(String column, ExistsInSettings settings, Severity severity) implements Rule {
    static final String REASON = "is not in the table looked up";

    @Override
    public String name() {
        return column + " exists_in"
                + (settings.with().isEmpty()
                        ? ""
                        : " with " + String.join(", ", settings.with().keySet()));
    }

    /** Our columns of the key, in the order of the request's. */
    List<String> key() {
        List<String> key = new ArrayList<>(List.of(column));
        key.addAll(settings.with().keySet());
        return key;
    }

    boolean allowsNull() {
        return settings.nulls() == ExistsInSettings.Nulls.PASS;
    }

    @Override
    public Optional<String> broken(CheckTally tally, Instant asOf) {
        return RowRule.anyRow(tally);
    }
}
