package io.millrace.bench.steps;

import io.millrace.api.BindContext;
import io.millrace.api.Lookup;
import java.time.Instant;

/** A run that begins now and has no look-ups. */
final class NowContext implements BindContext {
    private final Instant now = Instant.now();

    @Override
    public Instant runStart() {
        return now;
    }

    @Override
    public Lookup lookup(String artifact) {
        throw new IllegalArgumentException("no look-up " + artifact);
    }
}
