package io.millrace.core.lookup;

import java.util.concurrent.atomic.LongAdder;

/** How many rows this process has looked up, and how many found nothing; repeated work counts again. Thread-safe. */
final class LookupCounter {
    private final LongAdder asked = new LongAdder();
    private final LongAdder missed = new LongAdder();

    void add(long rows, long missing) {
        asked.add(rows);
        missed.add(missing);
    }

    long asked() {
        return asked.sum();
    }

    long missed() {
        return missed.sum();
    }

    /** What has been counted since the last such call. */
    LookupTally take(String step) {
        return new LookupTally(step, asked.sumThenReset(), missed.sumThenReset());
    }
}
