package io.millrace.features.local;

import io.millrace.api.data.Schema;
import java.util.Optional;

/** Where tiles that are being made come from, as the job's parts learn it. Thread-safe. */
final class TileProvenance {
    private volatile String position = "";
    private volatile Schema events;

    /** The source's position when the run was planned. */
    void position(String pin) {
        position = pin;
    }

    /** The columns of the events. */
    void events(Schema columns) {
        events = columns;
    }

    String position() {
        return position;
    }

    Optional<Schema> events() {
        return Optional.ofNullable(events);
    }
}
