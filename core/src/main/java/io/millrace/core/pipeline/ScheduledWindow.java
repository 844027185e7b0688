package io.millrace.core.pipeline;

/** Which rows a scheduled run takes. */
public enum ScheduledWindow {
    /** No window: all rows, or what is new. */
    NONE,
    /** From one time of the schedule to the next. */
    INTERVAL,
    /** The interval with both ends rounded down to the hour. */
    HOUR,
    /** The interval with both ends rounded down to the day, in the schedule's zone. */
    DAY
}
