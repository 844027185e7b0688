package io.millrace.core.transform.check;

import io.millrace.api.data.Batch;

/** Notes what a rule about the run wants to know of a batch. */
interface RunCounter {
    void count(Batch batch, RuleTally tally);
}
