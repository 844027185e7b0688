package io.millrace.api.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The fewest digits that read back to the same float64, in the form of {@link Double#toString(double)}. JDKs before 19
 * sometimes write a digit more there; this gives the same text on all.
 */
public final class ShortestFloat {
    private static final int ALWAYS_ENOUGH = 17;
    private static final int ALWAYS_EXACT = 15;

    private ShortestFloat() {}

    public static String text(double value) {
        String text = Double.toString(value);
        int digits = significantDigits(text);
        if (digits <= 2 || Double.isNaN(value) || Double.isInfinite(value)) {
            return text;
        }
        // Fewer than 16 digits are a superfluous one only among the subnormal numbers, where precision is lost.
        if (digits <= ALWAYS_EXACT && Math.abs(value) >= Double.MIN_NORMAL) {
            return text;
        }
        BigDecimal exact = new BigDecimal(value);
        int first = Math.abs(value) >= Double.MIN_NORMAL ? ALWAYS_EXACT : 2;
        for (int precision = first; precision < ALWAYS_ENOUGH; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return form(rounded.stripTrailingZeros());
            }
        }
        return form(exact.round(new MathContext(ALWAYS_ENOUGH, RoundingMode.HALF_EVEN)));
    }

    private static int significantDigits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && text.charAt(i) != 'E'; i++) {
            digits += Character.isDigit(text.charAt(i)) && (digits > 0 || text.charAt(i) != '0') ? 1 : 0;
        }
        return digits;
    }

    private static String form(BigDecimal decimal) {
        double magnitude = Math.abs(decimal.doubleValue());
        if (magnitude >= 1e-3 && magnitude < 1e7) {
            String plain = decimal.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String unscaled = decimal.unscaledValue().abs().toString();
        int exponent = unscaled.length() - 1 - decimal.scale();
        String fraction = unscaled.length() == 1 ? "0" : unscaled.substring(1);
        return (decimal.signum() < 0 ? "-" : "") + unscaled.charAt(0) + "." + fraction + "E" + exponent;
    }
}
