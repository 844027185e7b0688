package io.millrace.core.transform.clean;

import io.millrace.api.MillraceException;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.NullBitmap;
import io.millrace.core.transform.Verdicts;

/** An outlier rule bound to a column's type. One thread: the column at hand is kept while it is checked. */
public abstract class RangeRule {
    private final Outlier.Action action;
    private final String belowReason;
    private final String aboveReason;

    RangeRule(Outlier outlier) {
        this.action = outlier.action();
        this.belowReason = "is below " + outlier.min().orElse("");
        this.aboveReason = "is above " + outlier.max().orElse("");
    }

    /** A user error where values of this type have no order, or a bound is not one of them. */
    static RangeRule of(Outlier outlier, DataType type) {
        return of(outlier, type, "outliers");
    }

    /**
     * A user error where values of this type have no order, or a bound is not one of them.
     *
     * @param key what messages call the rule
     */
    public static RangeRule of(Outlier outlier, DataType type, String key) {
        Column min = outlier.min()
                .map(bound -> Literal.of(bound, type, key + " min"))
                .orElse(null);
        Column max = outlier.max()
                .map(bound -> Literal.of(bound, type, key + " max"))
                .orElse(null);
        RangeRule rule =
                switch (type.kind()) {
                    case INT32, INT64, DATE, TIMESTAMP -> new WholeRange(outlier, min, max);
                    case FLOAT64 -> new FloatRange(outlier, min, max);
                    case DECIMAL -> new DecimalRange(outlier, min, max);
                    case BOOLEAN, STRING, BINARY, JSON, LIST -> throw MillraceException.user(
                            key + ": only numbers, dates and timestamps have a range, not " + type
                                    + "; convert the column with  types  first");
                };
        if (rule.isEmpty()) {
            throw MillraceException.user(key + ": min " + outlier.min().get() + " is above max "
                    + outlier.max().get());
        }
        return rule;
    }

    /** Where a value lies. */
    public enum Place {
        INSIDE,
        BELOW,
        ABOVE,
        NOWHERE
    }

    final Column apply(Column column, String name, Verdicts verdicts) {
        int rows = column.length();
        NullBitmap nulls = column.nulls();
        begin(column);
        long[] setNull = null;
        boolean clamped = false;
        for (int row = 0; row < rows; row++) {
            Place place = place(row);
            if (place == Place.INSIDE || nulls.isNull(row) || verdicts.isGone(row)) {
                continue;
            }
            if (action == Outlier.Action.SET_NULL) {
                setNull = setNull == null ? nulls.toWords(rows) : setNull;
                setNull[row >> 6] |= 1L << row;
            } else if (action == Outlier.Action.CLAMP && place != Place.NOWHERE) {
                clamp(row, place == Place.BELOW, !clamped);
                clamped = true;
            } else {
                verdicts.reject(row, name, reason(place));
            }
        }
        if (setNull != null) {
            return end(rows, NullBitmap.of(setNull));
        }
        return clamped ? end(rows, nulls) : column;
    }

    /** Why a value that is not inside is none. */
    public final String reason(Place place) {
        return switch (place) {
            case BELOW -> belowReason;
            case ABOVE -> aboveReason;
            case NOWHERE -> "is not a number";
            case INSIDE -> throw new IllegalStateException("no outlier");
        };
    }

    /** True where no value can be inside. */
    abstract boolean isEmpty();

    /** Takes the column whose rows are asked for next. */
    public abstract void begin(Column column);

    /** Where a row's value lies; anything for a null. */
    public abstract Place place(int row);

    /** Moves a value to the bound; {@code first} says that the values must be copied before. */
    abstract void clamp(int row, boolean toMin, boolean first);

    /** The column with the clamped values or other nulls. */
    abstract Column end(int rows, NullBitmap nulls);
}
