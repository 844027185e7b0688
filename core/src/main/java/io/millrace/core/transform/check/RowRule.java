package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;
import io.millrace.api.data.Field;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A rule that each row keeps or breaks by itself, by the value of one column. */
sealed interface RowRule extends Rule permits NotNull, Range, Regex, OneOfValues {
    String column();

    /** A user error where the column's type does not allow the rule. */
    ValueTest bind(Field column);

    @Override
    default Optional<String> broken(CheckTally tally, Instant asOf) {
        return anyRow(tally);
    }

    /** What is wrong where any row broke a rule. */
    static Optional<String> anyRow(CheckTally tally) {
        return tally.count() == 0 ? Optional.empty() : Optional.of(rows(tally) + " break it");
    }

    /** "3 of 100 rows". */
    static String rows(CheckTally tally) {
        return String.format(Locale.ROOT, "%,d of %,d rows", tally.count(), tally.rows());
    }
}
