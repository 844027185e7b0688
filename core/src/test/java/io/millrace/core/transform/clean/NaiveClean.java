package io.millrace.core.transform.clean;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code clean} as the documentation tells it: row by row, on strings and objects, without any regard for speed. */
final class NaiveClean {
    private static final String SPACE =
            "[\\u0009-\\u000d\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
    private static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    /** What becomes of a row: a record, or the column that rejected it, or nothing of both where it is dropped. */
    record Outcome(Optional<Map<String, Object>> record, Optional<String> rejectedBy) {}

    /** Says that a value has no counterpart. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final CleanSettings settings;
    private final Schema schema;

    NaiveClean(CleanSettings settings, Schema schema) {
        this.settings = settings;
        this.schema = schema;
    }

    Outcome clean(Map<String, Object> input) {
        Map<String, Object> row = new LinkedHashMap<>(input);
        for (Field field : schema) {
            if (field.type().kind() == Kind.STRING
                    && row.get(field.name()) != null
                    && !settings.strings().except().contains(field.name())) {
                row.compute(field.name(), (name, text) -> tidy((String) text));
            }
        }
        for (String name : schema.names()) {
            NullPolicy policy = settings.nulls().get(name);
            if (row.get(name) == null && policy instanceof NullPolicy.DropRow) {
                return new Outcome(Optional.empty(), Optional.empty());
            } else if (row.get(name) == null && policy instanceof NullPolicy.Reject) {
                return new Outcome(Optional.empty(), Optional.of(name));
            }
        }
        for (Field field : schema) {
            String name = field.name();
            Conversion conversion = settings.types().get(name);
            DataType type = conversion == null ? field.type() : conversion.type();
            try {
                if (row.get(name) == null) {
                    if (settings.nulls().get(name) instanceof NullPolicy.Default given) {
                        row.put(name, literal(given.value(), type));
                    }
                } else if (conversion != null && !type.equals(field.type())) {
                    row.put(name, convert(row.get(name), conversion));
                }
            } catch (Refused refused) {
                return new Outcome(Optional.empty(), Optional.of(name));
            }
        }
        for (String name : schema.names()) {
            Outlier outlier = settings.outliers().get(name);
            if (outlier != null && row.get(name) != null) {
                try {
                    row.put(name, bounded(row.get(name), outlier));
                } catch (Refused refused) {
                    return new Outcome(Optional.empty(), Optional.of(name));
                }
            }
        }
        return new Outcome(Optional.of(row), Optional.empty());
    }

    private String tidy(String text) {
        String tidied = text;
        if (settings.strings().stripControl()) {
            StringBuilder kept = new StringBuilder();
            tidied.codePoints()
                    .filter(c -> !(Character.isISOControl(c)
                            && !Character.toString(c).matches(SPACE)))
                    .forEach(kept::appendCodePoint);
            tidied = kept.toString();
        }
        if (settings.strings().collapseWhitespace()) {
            tidied = tidied.replaceAll(SPACE + "+", " ");
        }
        return settings.strings().trim() ? tidied.replaceAll("^" + SPACE + "+|" + SPACE + "+$", "") : tidied;
    }

    private static Object convert(Object value, Conversion conversion) throws Refused {
        DataType type = conversion.type();
        return switch (type.kind()) {
            case STRING -> value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
            case BOOLEAN -> bool(value);
            case INT32 -> integer(value, BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
            case INT64 -> integer(value, BigInteger.valueOf(Long.MAX_VALUE)).longValue();
            case FLOAT64 -> floating(value);
            case DECIMAL -> decimal(number(value), (DecimalType) type);
            case DATE -> value instanceof Instant instant
                    ? instant.atZone(zone(conversion)).toLocalDate()
                    : parse(value, conversion).toLocalDate();
            case TIMESTAMP -> value instanceof LocalDate date
                    ? date.atStartOfDay(zone(conversion)).toInstant()
                    : instant(parse(value, conversion), zone(conversion));
            case BINARY, JSON, LIST -> throw new AssertionError(type);
        };
    }

    private static ZoneId zone(Conversion conversion) {
        return conversion.zone().orElse(ZoneOffset.UTC);
    }

    private static boolean bool(Object value) throws Refused {
        String text = value.toString().toLowerCase(Locale.ROOT);
        if (List.of("true", "1", "yes").contains(text)) {
            return true;
        }
        check(List.of("false", "0", "no").contains(text));
        return false;
    }

    private static BigDecimal number(Object value) throws Refused {
        if (value instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Double number) {
            check(!number.isNaN() && !number.isInfinite());
        } else if (value instanceof String text) {
            check(text.matches(NUMBER));
        }
        return new BigDecimal(value.toString());
    }

    private static BigInteger integer(Object value, BigInteger max) throws Refused {
        check(!(value instanceof String text) || text.matches("[+-]?[0-9]+(\\.[0-9]+)?"));
        BigDecimal number = number(value);
        check(number.stripTrailingZeros().scale() <= 0);
        BigInteger integer = number.toBigInteger();
        check(integer.compareTo(max) <= 0 && integer.compareTo(max.negate().subtract(BigInteger.ONE)) >= 0);
        return integer;
    }

    private static double floating(Object value) throws Refused {
        if (value instanceof String text && text.matches("(?i)nan|[+-]?infinity")) {
            return Double.parseDouble(
                    text.toLowerCase(Locale.ROOT).replace("nan", "NaN").replace("inf", "Inf"));
        }
        BigDecimal number = number(value);
        double nearest = Double.parseDouble(value.toString());
        check(!Double.isInfinite(nearest));
        if (value instanceof Long) {
            check(new BigDecimal(nearest).compareTo(number) == 0);
        }
        return nearest;
    }

    private static BigDecimal decimal(BigDecimal value, DecimalType type) throws Refused {
        try {
            BigDecimal scaled = value.setScale(type.scale());
            check(scaled.precision() <= type.precision());
            return scaled;
        } catch (ArithmeticException inexact) {
            throw new Refused();
        }
    }

    private static LocalDateTime parse(Object value, Conversion conversion) throws Refused {
        String text = (String) value;
        try {
            if (conversion.pattern().isEmpty()) {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay()
                        : LocalDateTime.parse(text.replaceFirst("[ t]", "T"));
            }
            String pattern = conversion.pattern().get().replace('y', 'u');
            return LocalDateTime.parse(
                    text, DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT));
        } catch (DateTimeException malformed) {
            throw new Refused();
        }
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) throws Refused {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        check(!offsets.isEmpty());
        return local.toInstant(offsets.get(0)).truncatedTo(ChronoUnit.MICROS);
    }

    private static Object literal(Object value, DataType type) throws Refused {
        return type.kind() == Kind.STRING ? value : convert(value.toString(), Conversion.to(type));
    }

    private static Object bounded(Object value, Outlier outlier) throws Refused {
        boolean nan = value instanceof Double number && number.isNaN();
        boolean infinite = value instanceof Double number && number.isInfinite();
        double sign = infinite ? Math.signum((Double) value) : 0;
        BigDecimal exact = nan || infinite ? null : new BigDecimal(value.toString());
        boolean below = outlier.min().isPresent()
                && (infinite
                        ? sign < 0
                        : !nan
                                && exact.compareTo(new BigDecimal(
                                                outlier.min().get().toString()))
                                        < 0);
        boolean above = outlier.max().isPresent()
                && (infinite
                        ? sign > 0
                        : !nan
                                && exact.compareTo(new BigDecimal(
                                                outlier.max().get().toString()))
                                        > 0);
        if (!below && !above && !nan) {
            return value;
        }
        return switch (outlier.action()) {
            case REJECT -> throw new Refused();
            case SET_NULL -> null;
            case CLAMP -> {
                check(!nan);
                String bound =
                        (below ? outlier.min() : outlier.max()).orElseThrow().toString();
                yield value instanceof Double
                        ? (Object) Double.valueOf(bound)
                        : value instanceof Long
                                ? (Object) Long.valueOf(bound)
                                : new BigDecimal(bound).setScale(((BigDecimal) value).scale());
            }
        };
    }

    private static void check(boolean holds) throws Refused {
        if (!holds) {
            throw new Refused();
        }
    }
}
