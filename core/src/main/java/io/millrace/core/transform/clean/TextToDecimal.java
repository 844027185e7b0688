package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DecimalColumn;
import io.millrace.api.text.NumberText;
import java.math.BigDecimal;

/** Text to exactly the decimal that it says: digits beyond the scale must be zeros. */
final class TextToDecimal extends TextConversion<DecimalColumn.Builder> {
    /** Reading longer digit strings takes time beyond reason, and what they say does not fit anyhow. */
    private static final int LONGEST = 1_000;

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final NumberText number = new NumberText();
    private final DecimalType type;
    private final String doesNotFit;

    TextToDecimal(DecimalType type) {
        super(type);
        this.type = type;
        this.doesNotFit = "does not fit " + type + " exactly";
    }

    @Override
    String read(byte[] text, int from, int to) {
        if (!number.read(text, from, to)) {
            return "is not a number (" + type + ")";
        }
        if (number.complete() && appendShort()) {
            return null;
        }
        if (to - from > LONGEST) {
            return doesNotFit;
        }
        try {
            return out.append(new BigDecimal(string(text, from, to))) ? null : doesNotFit;
        } catch (NumberFormatException | ArithmeticException exponentOutOfRange) {
            return doesNotFit;
        }
    }

    /** Appends the number if the arithmetic of 64 bits suffices and it fits. */
    private boolean appendShort() {
        long unscaled = number.digits();
        int shift = number.exponent() + type.scale();
        if (shift < -18 || shift > 18) {
            return false;
        }
        if (shift < 0) {
            if (unscaled % POWERS[-shift] != 0) {
                return false;
            }
            unscaled /= POWERS[-shift];
        } else {
            if (unscaled > Long.MAX_VALUE / POWERS[shift]) {
                return false;
            }
            unscaled *= POWERS[shift];
        }
        if (type.fitsLong() && unscaled >= POWERS[type.precision()]) {
            return false;
        }
        // With 19 digits and more, every long fits the type.
        out.appendUnscaled(number.negative() ? -unscaled : unscaled);
        return true;
    }
}
