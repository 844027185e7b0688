package io.millrace.sandbox;

/** One event: its clean values, and which dirt covers them. Mutable and reused, to spare memory. */
final class Event {
    static final int NONE = -1;

    long eventId;
    int user;
    int item;
    int type;
    int category;
    int device;
    long session;
    /** Tenths, or {@link #NONE} where no rating was given. */
    int rating;

    /** Seconds since 1970 in UTC. */
    long second;

    /** From {@link #second} to the row's storing. */
    int delayMicros;

    /** Bits of {@link EventColumn#bit()}. */
    int nulls;

    int blanks;
    /** Which of the {@link Faults}, or {@link #NONE}. */
    int malformedDate;

    int outOfRangeRating;
    /** Fixes the shape of the dirt, so that a duplicate has the same bytes. */
    long dirtSeed;

    boolean duplicate;

    boolean isNull(EventColumn column) {
        return (nulls & column.bit()) != 0;
    }

    boolean isBlank(EventColumn column) {
        return (blanks & column.bit()) != 0;
    }

    boolean hasFault(RejectReason reason) {
        return switch (reason) {
            case NULL_USER -> isNull(EventColumn.USER_ID);
            case MALFORMED_DATE -> malformedDate != NONE;
            case RATING_OUT_OF_RANGE -> outOfRangeRating != NONE;
        };
    }

    boolean isRejected() {
        return isNull(EventColumn.USER_ID) || malformedDate != NONE || outOfRangeRating != NONE;
    }

    void copyFrom(Event other) {
        eventId = other.eventId;
        user = other.user;
        item = other.item;
        type = other.type;
        category = other.category;
        device = other.device;
        session = other.session;
        rating = other.rating;
        second = other.second;
        delayMicros = other.delayMicros;
        nulls = other.nulls;
        blanks = other.blanks;
        malformedDate = other.malformedDate;
        outOfRangeRating = other.outOfRangeRating;
        dirtSeed = other.dirtSeed;
    }
}
