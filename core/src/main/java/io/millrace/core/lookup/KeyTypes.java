package io.millrace.core.lookup;

import io.millrace.api.MillraceException;
import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;

/** Which types can be keys of each other. */
public final class KeyTypes {
    private KeyTypes() {}

    /** A user error that names both columns where one cannot be looked up in the other. */
    public static void requireComparable(Field ours, Field theirs) {
        if (!comparable(ours.type(), theirs.type())) {
            throw MillraceException.user("our column '" + ours.name() + "' is " + ours.type() + " and their column '"
                    + theirs.name() + "' is " + theirs.type()
                    + "; convert one to the other's type: ours by clean's types, theirs in a query or view");
        }
    }

    /** True where a key of our type can be looked up in a column of theirs: equal types, or two widths of integers. */
    static boolean comparable(DataType ours, DataType theirs) {
        return canBeKey(ours) && (ours.equals(theirs) || isInteger(ours) && isInteger(theirs));
    }

    /** True where values of this type can be keys: equal ones are always written the same. */
    static boolean canBeKey(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN, INT32, INT64, DECIMAL, STRING, BINARY, DATE, TIMESTAMP -> true;
            case FLOAT64, JSON, LIST -> false;
        };
    }

    private static boolean isInteger(DataType type) {
        return type.equals(DataType.INT32) || type.equals(DataType.INT64);
    }
}
