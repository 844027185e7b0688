package io.millrace.core.lookup;

import io.millrace.api.data.BooleanColumn;
import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.data.IntColumn;
import io.millrace.api.data.LongColumn;
import java.util.Arrays;

/** Whether keys are equal: of the same types, or integers of two widths. */
final class KeyEquality {
    private KeyEquality() {}

    /** Whether two rows, neither with a null, have equal keys. */
    static boolean equal(Column[] ones, int one, Column[] others, int other) {
        for (int i = 0; i < ones.length; i++) {
            if (!equal(ones[i], one, others[i], other)) {
                return false;
            }
        }
        return true;
    }

    /** The same of one of the key's columns. */
    static boolean equal(Column ones, int one, Column others, int other) {
        if (ones instanceof BytesColumn text) {
            BytesColumn otherText = (BytesColumn) others;
            return Arrays.equals(
                    text.data(),
                    text.offsets()[one],
                    text.offsets()[one + 1],
                    otherText.data(),
                    otherText.offsets()[other],
                    otherText.offsets()[other + 1]);
        } else if (ones instanceof DecimalColumn decimals) {
            DecimalColumn otherDecimals = (DecimalColumn) others;
            return decimals.low()[one] == otherDecimals.low()[other]
                    && (decimals.high() == null
                            || decimals.high()[one] == otherDecimals.high()[other]);
        } else if (ones instanceof BooleanColumn booleans) {
            return booleans.get(one) == ((BooleanColumn) others).get(other);
        }
        return number(ones, one) == number(others, other);
    }

    private static long number(Column column, int row) {
        return column instanceof LongColumn longs ? longs.get(row) : ((IntColumn) column).get(row);
    }
}
