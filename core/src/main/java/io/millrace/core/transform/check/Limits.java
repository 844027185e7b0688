package io.millrace.core.transform.check;

import java.util.Locale;
import java.util.Optional;

/** The least and the most of something counted, both allowed. */
record Limits(Optional<Long> min, Optional<Long> max) {
    /** "0 rows, but at least 1 are expected"; empty where the count is within. */
    Optional<String> broken(long count, String what) {
        if (min.isPresent() && count < min.get()) {
            return Optional.of(said(count, what, "at least", min.get()));
        }
        return max.isPresent() && count > max.get()
                ? Optional.of(said(count, what, "at most", max.get()))
                : Optional.empty();
    }

    private static String said(long count, String what, String how, long limit) {
        return String.format(Locale.ROOT, "%,d %s, but %s %,d are expected", count, what, how, limit);
    }
}
