package io.millrace.core.transform.check;

import io.millrace.api.CheckTally;

/** The running sums of one rule in one attempt. One thread. */
final class RuleTally {
    private final String name;
    private long rows;
    private long count;
    private long latest = CheckTally.NEVER;

    RuleTally(String name) {
        this.name = name;
    }

    void count(long moreRows, long more) {
        rows += moreRows;
        count += more;
    }

    void seen(long micros) {
        latest = Math.max(latest, micros);
    }

    CheckTally sum() {
        return new CheckTally(name, rows, count, latest);
    }
}
