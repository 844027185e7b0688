package io.millrace.formats.csv;

import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.text.NumberText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Exactly the decimal that the text says: digits beyond the scale must be zeros. */
final class DecimalAppender extends CellAppender {
    /** Reading longer digit strings takes time beyond reason, and what they say does not fit anyhow. */
    private static final int LONGEST = 1_000;

    private static final int SHORT = 18;

    private final DecimalColumn.Builder out;
    private final DecimalType type;
    private final NumberText number = new NumberText();

    DecimalAppender(DecimalType type, DecimalColumn.Builder out) {
        super(out);
        this.type = type;
        this.out = out;
    }

    @Override
    String append(byte[] bytes, int from, int to) {
        if (!number.read(bytes, from, to)) {
            return "is not a number (" + type + ")";
        }
        if (appendShort()) {
            return null;
        }
        try {
            boolean fits = to - from <= LONGEST
                    && out.append(new BigDecimal(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)));
            return fits ? null : "does not fit " + type + " exactly";
        } catch (NumberFormatException | ArithmeticException exponentOutOfRange) {
            return "does not fit " + type + " exactly";
        }
    }

    /** Appends a number of the type's own scale or less, if it is small. */
    private boolean appendShort() {
        int shift = number.exponent() + type.scale();
        if (!number.complete() || shift < 0 || shift > SHORT) {
            return false;
        }
        long unscaled = number.digits();
        for (int i = 0; i < shift; i++) {
            if (unscaled > Long.MAX_VALUE / 10) {
                return false;
            }
            unscaled *= 10;
        }
        if (type.fitsLong()) {
            long limit = 1;
            for (int i = 0; i < type.precision(); i++) {
                limit *= 10;
            }
            if (unscaled >= limit) {
                return false;
            }
        }
        out.appendUnscaled(number.negative() ? -unscaled : unscaled);
        return true;
    }
}
