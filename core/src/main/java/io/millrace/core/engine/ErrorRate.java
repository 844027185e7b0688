package io.millrace.core.engine;

import io.millrace.api.Counts;
import io.millrace.api.ErrorKind;
import io.millrace.api.MillraceException;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Watches the share of rejected rows while a run goes on. What it counts steers only when to give up; reports are sums over
 * the ledger. Thread-safe.
 */
public final class ErrorRate {
    /** From so many rows on the rate is judged while rows are still coming. */
    static final long JUDGED_FROM = 10_000;

    private final double max;
    private final LongAdder extracted = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    public ErrorRate(double max, Counts before) {
        this.max = max;
        add(before.extracted(), before.rejected());
    }

    /** Counts rows of an attempt; negative numbers take back a failed one's. */
    public void add(long rows, long rejectedRows) {
        extracted.add(rows);
        rejected.add(rejectedRows);
    }

    /** A data error where there are enough rows to judge and too many were rejected. */
    public void check() {
        if (extracted.sum() >= JUDGED_FROM) {
            check(extracted.sum(), rejected.sum(), max);
        }
    }

    /** The verdict at the end of a run, however few its rows. */
    public static void checkFinal(Counts counts, double max) {
        check(counts.extracted(), counts.rejected(), max);
    }

    private static void check(long extracted, long rejected, double max) {
        if (rejected > extracted * max) {
            throw new MillraceException(
                    ErrorKind.DATA,
                    String.format(
                            Locale.ROOT,
                            "too many rejected rows: %,d of %,d (%.2f %%), more than run.max_error_rate = %s allows;"
                                    + " look at them with 'millrace rejects', then mend the data or the pipeline, or raise"
                                    + " run.max_error_rate and resume",
                            rejected,
                            extracted,
                            100.0 * rejected / extracted,
                            max));
        }
    }
}
