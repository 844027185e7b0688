package io.millrace.core.lineage;

/** What part a column has in another one, or in which rows there are; from the most to the least direct. */
public enum Part {
    /** The value is passed on as it is. */
    IDENTITY,
    /** The value is computed from it. */
    VALUE,
    /** It decides which rows go on. */
    FILTER,
    /** A row is rejected where it has a value that a step cannot do with. */
    REJECT,
    /** It decides which rows belong together, or which row of a table is looked up. */
    KEY,
    /** It decides which row comes first. */
    ORDER,
    /** It decides which row comes first where {@link #ORDER} leaves two of them equal. */
    TIE_BREAK;

    /** True where the values themselves come from it. */
    public boolean direct() {
        return this == IDENTITY || this == VALUE;
    }

    /** The part in a result of what has {@code earlier} as its part in a column that has this part in the result. */
    Part after(Part earlier) {
        if (!direct()) {
            return this;
        }
        return earlier.direct() && this == VALUE ? VALUE : earlier;
    }
}
