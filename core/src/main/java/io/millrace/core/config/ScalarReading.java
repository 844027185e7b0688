package io.millrace.core.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How YAML 1.2 (its core schema) reads a plain scalar: null, boolean, number or text. What people or older parsers would
 * read differently is a surprise: fine as text, refused where it would have to be guessed.
 */
final class ScalarReading {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern OLD_BOOLEAN = Pattern.compile("yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF");
    private static final Pattern WHOLE = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
    private static final Pattern REAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9_]+(?:\\.[0-9]*)?");
    private static final Pattern OTHER_BASE = Pattern.compile("[-+]?0[xob][0-9a-fA-F_]+");
    private static final Pattern UNDERSCORES = Pattern.compile("[-+]?[0-9]+(?:_[0-9_]*)+(?:\\.[0-9_]*)?");

    private ScalarReading() {}

    static boolean isNull(String text) {
        return NULLS.contains(text);
    }

    static Optional<Boolean> bool(String text) {
        return TRUE.contains(text) ? Optional.of(true) : FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }

    static Optional<BigInteger> whole(String text) {
        return WHOLE.matcher(text).matches() ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    static Optional<BigDecimal> real(String text) {
        return REAL.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** Why this plain text is refused where any type would do; empty where everybody reads it alike. */
    static Optional<String> surprise(String text) {
        if (OLD_BOOLEAN.matcher(text).matches()) {
            boolean yes = text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on");
            return Optional.of("is text in YAML 1.2 and a boolean in older YAML; write " + yes
                    + " if a boolean is meant, or quote it if text is meant");
        }
        if (LEADING_ZERO.matcher(text).matches()) {
            return Optional.of("has a leading zero, which some read as octal; write the number without it, or quote it"
                    + " if text is meant");
        }
        if (OTHER_BASE.matcher(text).matches()) {
            return Optional.of("is written in another base; write the number in decimal, or quote it if text is meant");
        }
        if (UNDERSCORES.matcher(text).matches()) {
            return Optional.of("has underscores, which only older YAML reads as a number; write the digits alone, or"
                    + " quote it if text is meant");
        }
        return Optional.empty();
    }

    /**
     * The value of a plain scalar that is no surprise: null, Boolean, Long, Double or String; BigInteger or BigDecimal where
     * a Long or Double would not hold exactly what is written.
     */
    static Object value(String text) {
        if (isNull(text)) {
            return null;
        }
        Optional<Boolean> bool = bool(text);
        if (bool.isPresent()) {
            return bool.get();
        }
        Optional<BigInteger> whole = whole(text);
        if (whole.isPresent()) {
            return whole.get().bitLength() < Long.SIZE ? (Object) whole.get().longValue() : whole.get();
        }
        return real(text).map(ScalarReading::exact).orElseGet(() -> switch (text) {
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            default -> text;
        });
    }

    private static Object exact(BigDecimal number) {
        double nearest = number.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0
                ? (Object) nearest
                : number;
    }
}
