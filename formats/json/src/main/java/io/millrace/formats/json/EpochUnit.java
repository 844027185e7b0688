package io.millrace.formats.json;

/** What a number that stands for a point in time counts, from 1970-01-01T00:00:00Z on. */
public enum EpochUnit {
    SECONDS(6),
    MILLISECONDS(3),
    MICROSECONDS(0),
    NANOSECONDS(-3);

    private final int microsExponent;

    EpochUnit(int microsExponent) {
        this.microsExponent = microsExponent;
    }

    /** One of this unit is ten to this power of microseconds. */
    int microsExponent() {
        return microsExponent;
    }
}
