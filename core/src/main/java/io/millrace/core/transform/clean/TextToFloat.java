package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DoubleColumn;
import io.millrace.api.text.NumberText;
import java.util.Locale;

/** Text to the nearest float64; NaN and Infinity are written so, in any case, the latter with a sign or without. */
final class TextToFloat extends TextConversion<DoubleColumn.Builder> {
    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private final NumberText number = new NumberText();

    TextToFloat() {
        super(DataType.FLOAT64);
    }

    @Override
    String read(byte[] text, int from, int to) {
        if (!number.read(text, from, to)) {
            return named(text, from, to);
        }
        int exponent = number.exponent();
        double value;
        if (number.complete() && number.digits() <= 1L << 53 && exponent >= -22 && exponent <= 22) {
            // Both operands are exact, so that the one operation rounds correctly.
            double digits = number.digits();
            double magnitude = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            value = number.negative() ? -magnitude : magnitude;
        } else {
            value = Double.parseDouble(string(text, from, to));
        }
        if (Double.isInfinite(value)) {
            return "is beyond the range of float64";
        }
        out.append(value);
        return null;
    }

    private String named(byte[] text, int from, int to) {
        double value =
                switch (to - from > 9 ? "" : string(text, from, to).toLowerCase(Locale.ROOT)) {
                    case "nan" -> Double.NaN;
                    case "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                    case "-infinity" -> Double.NEGATIVE_INFINITY;
                    default -> 0;
                };
        if (value == 0) {
            return "is not a number (float64)";
        }
        out.append(value);
        return null;
    }
}
