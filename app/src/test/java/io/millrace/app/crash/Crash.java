package io.millrace.app.crash;

import io.millrace.api.Failpoint;
import java.util.Locale;

/** Where one attempt is killed. */
public record Crash(Failpoint place, int count) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s:%d", place.label(), count);
    }
}
