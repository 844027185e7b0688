package io.millrace.core.engine;

import io.millrace.api.Loader;
import io.millrace.core.exchange.Exchange;

/** Where the rows of a stage go. */
public sealed interface StageOutput {
    /** What rejects that arise there are said to come from. */
    String label();

    /** Into the target. */
    record ToTarget(Loader loader) implements StageOutput {
        @Override
        public String label() {
            return "load";
        }
    }

    /**
     * To the rows of their key.
     *
     * @param label of the keyed step
     * @param buckets how many buckets the exchange has
     */
    record ToExchange(Exchange exchange, String label, int buckets) implements StageOutput {}
}
