package io.millrace.core.transform.sessionize;

import io.millrace.api.data.DataType;

/** What {@code sessionize} can say about an event. */
public enum SessionColumn {
    /** Seconds since the key's previous event, also one of an earlier session; null for the first. */
    SECONDS_SINCE_PREVIOUS(DataType.FLOAT64),
    /** Which of the key's sessions it belongs to, from 1. */
    SESSION_INDEX(DataType.INT64),
    /** Which event of its session it is, from 1. */
    EVENT_INDEX(DataType.INT64),
    /** The time of its session's first event. */
    SESSION_START(DataType.TIMESTAMP);

    private final DataType type;

    SessionColumn(DataType type) {
        this.type = type;
    }

    DataType type() {
        return type;
    }
}
