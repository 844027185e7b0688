package io.millrace.connectors.http;

import io.millrace.api.InvalidSetting;
import io.millrace.api.Setting;
import java.time.Duration;
import java.time.Instant;

/** How to ask for what has come since the previous run. */
record Incremental(
        @Setting("The parameter that takes the moment of the previous run's plan.") TimeParameter since,
        @Setting(
                        value =
                                "How much earlier to begin: covers clocks that differ and records that appear late. What comes "
                                        + "twice is for a keyed target or deduplicate.",
                        defaultValue = "5m")
                Duration overlap) {
    Incremental {
        if (overlap.isNegative()) {
            throw new InvalidSetting("overlap", "must not be negative");
        }
    }

    /** The lower bound of an increment. */
    String from(Instant previousPlan) {
        return since.write(previousPlan.minus(overlap));
    }
}
