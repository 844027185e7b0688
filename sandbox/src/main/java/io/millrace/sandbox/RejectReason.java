package io.millrace.sandbox;

/** Why cleaning must reject a generated row; in the order in which cleaning looks: nulls, types, outliers. */
public enum RejectReason {
    /** {@code user_id} is null. */
    NULL_USER(EventColumn.USER_ID),
    /** {@code ts}, after cleaning as text, is not a date of the declared form. */
    MALFORMED_DATE(EventColumn.TS),
    /** {@code rating} is below 0 or above 5. */
    RATING_OUT_OF_RANGE(EventColumn.RATING);

    private final EventColumn column;

    RejectReason(EventColumn column) {
        this.column = column;
    }

    /** The column at fault. */
    public EventColumn column() {
        return column;
    }
}
