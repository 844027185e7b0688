package io.millrace.formats.csv;

import io.millrace.api.data.DoubleColumn;
import io.millrace.api.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The nearest float64; also NaN and Infinity, in any case, the latter with a sign or without. */
final class FloatAppender extends CellAppender {
    /** The powers of ten that a double holds exactly. */
    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private final DoubleColumn.Builder out;
    private final NumberText number = new NumberText();

    FloatAppender(DoubleColumn.Builder out) {
        super(out);
        this.out = out;
    }

    @Override
    String append(byte[] bytes, int from, int to) {
        if (!number.read(bytes, from, to)) {
            return named(bytes, from, to);
        }
        int exponent = number.exponent();
        double value;
        if (number.complete() && number.digits() <= 1L << 53 && exponent >= -22 && exponent <= 22) {
            // Both operands are exact, so that the one operation rounds correctly.
            double digits = number.digits();
            double magnitude = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            value = number.negative() ? -magnitude : magnitude;
        } else {
            value = Double.parseDouble(text(bytes, from, to));
        }
        if (Double.isInfinite(value)) {
            return "is beyond the range of float64";
        }
        out.append(value);
        return null;
    }

    private String named(byte[] bytes, int from, int to) {
        switch (to - from > 9 ? "" : text(bytes, from, to).toLowerCase(Locale.ROOT)) {
            case "nan" -> out.append(Double.NaN);
            case "infinity", "+infinity" -> out.append(Double.POSITIVE_INFINITY);
            case "-infinity" -> out.append(Double.NEGATIVE_INFINITY);
            default -> {
                return "is not a number (float64)";
            }
        }
        return null;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
