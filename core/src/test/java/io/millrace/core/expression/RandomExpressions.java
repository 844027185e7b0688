package io.millrace.core.expression;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Random expressions, each with what it means: a function of one row in plain Java, which knows nothing of columns and
 * kernels. A row that has no value throws {@link NoValue}.
 */
final class RandomExpressions {
    static final Schema SCHEMA = Schema.of(
            Field.of("a", DataType.INT64),
            Field.of("b", DataType.INT64),
            Field.of("n", DataType.INT32),
            Field.of("x", DataType.FLOAT64),
            Field.of("y", DataType.FLOAT64),
            Field.of("p", DataType.decimal(10, 2)),
            Field.of("q", DataType.decimal(30, 5)),
            Field.of("s", DataType.STRING),
            Field.of("t", DataType.STRING),
            Field.of("f", DataType.BOOLEAN),
            Field.of("g", DataType.BOOLEAN),
            Field.of("d", DataType.DATE),
            Field.of("ts", DataType.TIMESTAMP));

    private static final List<Long> WHOLES =
            List.of(0L, 1L, -1L, 2L, 7L, 100L, -13L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1);
    private static final List<Double> REALS = List.of(
            0.0,
            -0.0,
            1.0,
            -1.5,
            0.1,
            2.5,
            1e300,
            -1e-300,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            9.3e18,
            0x1p63,
            -0x1p63);
    private static final List<String> TEXTS = List.of(
            "", "a", "ab", "view", "VIEW", "Ünï", "😀x", "12", "-7", "12.0", "1.5", " pad ", "a,b,c", "%", "_", "ǅ",
            "ß", "true");
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final Random random;

    RandomExpressions(long seed) {
        this.random = new Random(seed);
    }

    /** The row has no value. */
    static final class NoValue extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoValue(String why) {
            super(why, null, false, false);
        }
    }

    /** What an expression means for a row. */
    interface Meaning {
        Object of(Map<String, Object> row);
    }

    /** An expression as text, its type, and what it means. */
    record Sample(String text, DataType type, Meaning meaning) {}

    Sample any(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> whole(depth);
            case 1 -> real(depth);
            case 2, 3 -> bool(depth);
            case 4 -> text(depth);
            case 5 -> decimal(depth);
            default -> random.nextBoolean() ? timestamp(depth) : date(depth);
        };
    }

    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        for (Field field : SCHEMA) {
            row.put(field.name(), random.nextInt(6) == 0 ? null : value(field.type()));
        }
        return row;
    }

    private Object value(DataType type) {
        return switch (type.kind()) {
            case INT64 -> random.nextInt(3) == 0 ? pick(WHOLES) : (Object) (long) (random.nextInt(20) - 5);
            case INT32 -> random.nextInt(4) == 0
                    ? pick(List.of(Integer.MAX_VALUE, Integer.MIN_VALUE, 0))
                    : random.nextInt(9);
            case FLOAT64 -> random.nextInt(3) == 0 ? pick(REALS) : (Object) (random.nextInt(40) / 4.0 - 3);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                BigInteger most = BigInteger.TEN.pow(random.nextInt(5) == 0 ? decimal.precision() : 4);
                BigInteger unscaled = new BigInteger(120, random)
                        .mod(most.multiply(BigInteger.TWO))
                        .subtract(most);
                yield new BigDecimal(
                        unscaled.signum() < 0
                                ? unscaled.add(BigInteger.ONE)
                                : unscaled.min(most.subtract(BigInteger.ONE)),
                        decimal.scale());
            }
            case STRING -> pick(TEXTS);
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.ofEpochDay(
                    random.nextInt(4) == 0 ? random.nextInt() / 1000 : 19_700 + random.nextInt(500));
            case TIMESTAMP -> Instant.ofEpochSecond(
                            random.nextInt(4) == 0
                                    ? random.nextInt() * 8L
                                    : 1_700_000_000L + random.nextInt(90_000_000))
                    .plus(random.nextInt(1_000_000), ChronoUnit.MICROS);
            case BINARY, JSON, LIST -> throw new IllegalStateException(type.toString());
        };
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Sample column(DataType type, List<String> names) {
        String name = pick(names);
        return new Sample(name, type, row -> row.get(name));
    }

    private static Object strict(Meaning one, Map<String, Object> row, Function<Object, Object> result) {
        Object value = one.of(row);
        return value == null ? null : result.apply(value);
    }

    private static Object strict(
            Meaning one, Meaning other, Map<String, Object> row, BiFunction<Object, Object, Object> result) {
        Object a = one.of(row);
        Object b = other.of(row);
        return a == null || b == null ? null : result.apply(a, b);
    }

    private static Sample unary(String form, DataType type, Sample one, Function<Object, Object> result) {
        return new Sample(form.replace("$1", one.text()), type, row -> strict(one.meaning(), row, result));
    }

    private static Sample binary(
            String form, DataType type, Sample one, Sample other, BiFunction<Object, Object, Object> result) {
        // In one go: the first text may hold $2 itself.
        String text = form.replace("$2", "\u0000").replace("$1", one.text()).replace("\u0000", other.text());
        return new Sample(text, type, row -> strict(one.meaning(), other.meaning(), row, result));
    }

    /** What every type has: CASE, COALESCE, NULLIF, IF, GREATEST. */
    private Sample choice(DataType type, int depth, Function<Integer, Sample> make) {
        Sample one = make.apply(depth - 1);
        Sample other = make.apply(depth - 1);
        Sample condition = bool(depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> new Sample(
                    "CASE WHEN " + condition.text() + " THEN " + one.text() + " ELSE " + other.text() + " END",
                    type,
                    row -> Boolean.TRUE.equals(condition.meaning().of(row))
                            ? one.meaning().of(row)
                            : other.meaning().of(row));
            case 1 -> {
                Sample second = bool(depth - 1);
                yield new Sample(
                        "CASE WHEN " + condition.text() + " THEN " + one.text() + " WHEN " + second.text() + " THEN "
                                + other.text() + " END",
                        type,
                        row -> Boolean.TRUE.equals(condition.meaning().of(row))
                                ? one.meaning().of(row)
                                : Boolean.TRUE.equals(second.meaning().of(row))
                                        ? other.meaning().of(row)
                                        : null);
            }
            case 2 -> new Sample("coalesce(" + one.text() + ", NULL, " + other.text() + ")", type, row -> {
                Object value = one.meaning().of(row);
                return value == null ? other.meaning().of(row) : value;
            });
            case 3 -> new Sample("nullif(" + one.text() + ", " + other.text() + ")", type, row -> {
                Object a = one.meaning().of(row);
                Object b = other.meaning().of(row);
                return a != null && b != null && compare(a, b) == 0 ? null : a;
            });
            case 4 -> new Sample(
                    "if(" + condition.text() + ", " + one.text() + ", " + other.text() + ")",
                    type,
                    row -> Boolean.TRUE.equals(condition.meaning().of(row))
                            ? one.meaning().of(row)
                            : other.meaning().of(row));
            default -> {
                boolean greatest = random.nextBoolean();
                yield new Sample(
                        (greatest ? "greatest(" : "least(") + one.text() + ", " + other.text() + ")", type, row -> {
                            Object a = one.meaning().of(row);
                            Object b = other.meaning().of(row);
                            if (a == null || b == null) {
                                return a == null ? b : a;
                            }
                            int order = compare(b, a);
                            return (greatest ? order > 0 : order < 0) ? b : a;
                        });
            }
        };
    }

    static int compare(Object a, Object b) {
        if (a instanceof Double x) {
            double y = (Double) b;
            boolean firstNan = x.isNaN();
            boolean secondNan = Double.isNaN(y);
            return firstNan || secondNan ? Boolean.compare(firstNan, secondNan) : x < y ? -1 : x > y ? 1 : 0;
        } else if (a instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
        }
        @SuppressWarnings("unchecked")
        Comparable<Object> one = (Comparable<Object>) a;
        return one.compareTo(b);
    }

    Sample whole(int depth) {
        if (depth <= 0) {
            long value = pick(WHOLES);
            return random.nextInt(3) == 0
                    ? new Sample(value < 0 ? "(" + value + ")" : "" + value, DataType.INT64, row -> value)
                    : column(DataType.INT64, List.of("a", "b"));
        }
        return switch (random.nextInt(14)) {
            case 0 -> exact("$1 + $2", depth, BigInteger::add);
            case 1 -> exact("$1 - $2", depth, BigInteger::subtract);
            case 2 -> exact("$1 * $2", depth, BigInteger::multiply);
            case 3 -> exact("$1 % $2", depth, RandomExpressions::remainder);
            case 4 -> exact("div($1, $2)", depth, RandomExpressions::quotient);
            case 5 -> unary("(-($1))", DataType.INT64, whole(depth - 1), v -> fit(big(v).negate()));
            case 6 -> unary("abs($1)", DataType.INT64, whole(depth - 1), v -> fit(big(v).abs()));
            case 7 -> unary("length($1)", DataType.INT64, text(depth - 1), v -> (long) points((String) v).length);
            case 8 -> binary("position($1 IN $2)", DataType.INT64, text(depth - 1), text(depth - 1), (part, text) -> {
                int at = ((String) text).indexOf((String) part);
                return at < 0 ? 0L : (long) ((String) text).codePointCount(0, at) + 1;
            });
            case 9 -> part(depth);
            case 10 -> unary("CAST($1 AS int64)", DataType.INT64, real(depth - 1), RandomExpressions::truncated);
            case 11 -> unary("TRY_CAST($1 AS int64)", DataType.INT64, text(depth - 1), v -> parsed((String) v));
            case 12 -> new Sample(
                    "(n + 1)", DataType.INT64, row -> strict(r -> r.get("n"), row, v -> (Integer) v + 1L));
            default -> choice(DataType.INT64, depth, this::whole);
        };
    }

    private static Object parsed(String text) {
        return text.matches("[+-]?[0-9]+(\\.0+)?") ? (Object) new BigDecimal(text).longValueExact() : null;
    }

    private static Object truncated(Object value) {
        double number = (Double) value;
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new NoValue("cast");
        }
        return fit(new BigDecimal(number).toBigInteger());
    }

    private Sample exact(String form, int depth, BiFunction<BigInteger, BigInteger, BigInteger> operation) {
        return binary(
                "(" + form + ")",
                DataType.INT64,
                whole(depth - 1),
                whole(depth - 1),
                (a, b) -> fit(operation.apply(big(a), big(b))));
    }

    private static BigInteger big(Object value) {
        return BigInteger.valueOf((Long) value);
    }

    private static Object fit(BigInteger value) {
        if (value.bitLength() > 63) {
            throw new NoValue("overflow");
        }
        return value.longValue();
    }

    private static BigInteger quotient(BigInteger a, BigInteger b) {
        if (b.signum() == 0) {
            throw new NoValue("zero");
        }
        return a.divide(b);
    }

    private static BigInteger remainder(BigInteger a, BigInteger b) {
        if (b.signum() == 0) {
            throw new NoValue("zero");
        }
        return a.remainder(b);
    }

    private Sample part(int depth) {
        boolean zoned = random.nextBoolean();
        ZoneId zone = zoned ? ZONE : ZoneOffset.UTC;
        String part =
                pick(List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "DOY", "HOUR", "MINUTE", "SECOND"));
        return unary(
                "EXTRACT(" + part + " FROM $1" + (zoned ? " AT TIME ZONE '" + ZONE + "')" : ")"),
                DataType.INT64,
                timestamp(depth - 1),
                v -> {
                    LocalDateTime time = LocalDateTime.ofInstant((Instant) v, zone);
                    return (long)
                            switch (part) {
                                case "YEAR" -> time.getYear();
                                case "QUARTER" -> time.get(IsoFields.QUARTER_OF_YEAR);
                                case "MONTH" -> time.getMonthValue();
                                case "WEEK" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                                case "DAY" -> time.getDayOfMonth();
                                case "DOW" -> time.getDayOfWeek().getValue();
                                case "DOY" -> time.getDayOfYear();
                                case "HOUR" -> time.getHour();
                                case "MINUTE" -> time.getMinute();
                                default -> time.getSecond();
                            };
                });
    }

    Sample real(int depth) {
        if (depth <= 0) {
            double value = pick(List.of(0.0, 1.5, 2.5e10, 1e-7));
            return random.nextInt(3) == 0
                    ? new Sample(String.format(Locale.ROOT, "%.3e", value), DataType.FLOAT64, row -> value)
                    : column(DataType.FLOAT64, List.of("x", "y"));
        }
        return switch (random.nextInt(9)) {
            case 0 -> reals("($1 + $2)", depth, Double::sum);
            case 1 -> reals("($1 - $2)", depth, (a, b) -> a - b);
            case 2 -> reals("($1 * $2)", depth, (a, b) -> a * b);
            case 3 -> reals("($1 / $2)", depth, RandomExpressions::divided);
            case 4 -> binary(
                    "($1 / $2)",
                    DataType.FLOAT64,
                    whole(depth - 1),
                    whole(depth - 1),
                    (a, b) -> divided((double) (Long) a, (double) (Long) b));
            case 5 -> unary("sqrt($1)", DataType.FLOAT64, real(depth - 1), v -> {
                if ((Double) v < 0) {
                    throw new NoValue("root");
                }
                return Math.sqrt((Double) v);
            });
            case 6 -> unary("floor($1)", DataType.FLOAT64, real(depth - 1), v -> Math.floor((Double) v));
            case 7 -> unary(
                    "CAST($1 AS float64)", DataType.FLOAT64, decimal(depth - 1), v -> Double.parseDouble(v.toString()));
            default -> choice(DataType.FLOAT64, depth, this::real);
        };
    }

    private Sample reals(String form, int depth, BiFunction<Double, Double, Double> operation) {
        return binary(
                form,
                DataType.FLOAT64,
                real(depth - 1),
                real(depth - 1),
                (a, b) -> operation.apply((Double) a, (Double) b));
    }

    private static double divided(double a, double b) {
        if (b == 0) {
            throw new NoValue("zero");
        }
        return a / b;
    }

    Sample decimal(int depth) {
        if (depth <= 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Sample("12.345", DataType.decimal(5, 3), row -> new BigDecimal("12.345"));
                case 1 -> column(DataType.decimal(10, 2), List.of("p"));
                default -> column(DataType.decimal(30, 5), List.of("q"));
            };
        }
        Sample one = decimal(depth - 1);
        Sample other = decimal(depth - 1);
        DecimalType a = (DecimalType) one.type();
        DecimalType b = (DecimalType) other.type();
        int scale = Math.max(a.scale(), b.scale());
        int digits = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return switch (random.nextInt(5)) {
            case 0 -> decimals("($1 + $2)", one, other, limited(digits + scale + 1, scale), BigDecimal::add);
            case 1 -> decimals("($1 - $2)", one, other, limited(digits + scale + 1, scale), BigDecimal::subtract);
            case 2 -> decimals(
                    "($1 * $2)",
                    one,
                    other,
                    limited(a.precision() + b.precision() + 1, a.scale() + b.scale()),
                    BigDecimal::multiply);
            case 3 -> {
                int places = Math.max(6, a.scale() + b.precision() + 1);
                DecimalType type = limited(a.precision() - a.scale() + b.scale() + places, places);
                yield decimals("($1 / $2)", one, other, type, (v, w) -> {
                    if (w.signum() == 0) {
                        throw new NoValue("zero");
                    }
                    return v.divide(w, type.scale(), RoundingMode.HALF_UP);
                });
            }
            default -> new Sample(
                    "abs(" + one.text() + ")", a, row -> strict(one.meaning(), row, v -> ((BigDecimal) v).abs()));
        };
    }

    private static DecimalType limited(int precision, int scale) {
        return precision <= 38
                ? DataType.decimal(precision, scale)
                : DataType.decimal(38, Math.max(38 - (precision - scale), Math.min(scale, 6)));
    }

    private static Sample decimals(
            String form,
            Sample one,
            Sample other,
            DecimalType type,
            BiFunction<BigDecimal, BigDecimal, BigDecimal> operation) {
        return binary(form, type, one, other, (a, b) -> {
            BigDecimal exact = operation.apply((BigDecimal) a, (BigDecimal) b);
            BigDecimal result = exact.setScale(type.scale(), RoundingMode.HALF_UP);
            if (result.precision() > type.precision()) {
                throw new NoValue("overflow");
            }
            return result;
        });
    }

    Sample text(int depth) {
        if (depth <= 0) {
            String value = pick(TEXTS);
            return random.nextInt(3) == 0
                    ? new Sample("'" + value + "'", DataType.STRING, row -> value)
                    : column(DataType.STRING, List.of("s", "t"));
        }
        int count = random.nextInt(6) - 1;
        return switch (random.nextInt(11)) {
            case 0 -> texts("($1 || $2)", depth, String::concat);
            case 1 -> mapped("lower($1)", depth, text -> text.toLowerCase(Locale.ROOT));
            case 2 -> mapped("upper($1)", depth, text -> text.toUpperCase(Locale.ROOT));
            case 3 -> mapped("trim($1)", depth, text -> text.replaceAll("^ +| +$", ""));
            case 4 -> mapped("reverse($1)", depth, text -> new StringBuilder(text)
                    .reverse()
                    .toString());
            case 5 -> mapped("left($1, " + count + ")", depth, text -> slice(text, 0, count));
            case 6 -> mapped(
                    "right($1, " + count + ")",
                    depth,
                    text -> slice(text, Math.max(0, points(text).length - Math.max(0, count)), Integer.MAX_VALUE));
            case 7 -> mapped("substring($1, 2, " + count + ")", depth, text -> slice(text, 1, 1 + count));
            case 8 -> unary("CAST($1 AS string)", DataType.STRING, whole(depth - 1), Object::toString);
            case 9 -> mapped("split_part($1, ',', 2)", depth, text -> {
                String[] parts = text.split(",", -1);
                return parts.length < 2 ? "" : parts[1];
            });
            default -> choice(DataType.STRING, depth, this::text);
        };
    }

    private Sample mapped(String form, int depth, Function<String, String> operation) {
        return unary(form, DataType.STRING, text(depth - 1), v -> operation.apply((String) v));
    }

    private Sample texts(String form, int depth, BiFunction<String, String, String> operation) {
        return binary(
                form,
                DataType.STRING,
                text(depth - 1),
                text(depth - 1),
                (a, b) -> operation.apply((String) a, (String) b));
    }

    private static int[] points(String text) {
        return text.codePoints().toArray();
    }

    private static String slice(String text, int from, int to) {
        int[] points = points(text);
        int start = Math.min(from, points.length);
        int end = Math.max(start, Math.min(to, points.length));
        return new String(points, start, end - start);
    }

    Sample date(int depth) {
        if (depth <= 0) {
            return random.nextInt(4) == 0
                    ? new Sample("DATE '2024-02-29'", DataType.DATE, row -> LocalDate.of(2024, 2, 29))
                    : column(DataType.DATE, List.of("d"));
        }
        return switch (random.nextInt(4)) {
            case 0 -> unary(
                    "date_trunc('month', $1)", DataType.DATE, date(depth - 1), v -> ((LocalDate) v).withDayOfMonth(1));
            case 1 -> unary(
                    "($1 + INTERVAL '1' MONTH)", DataType.DATE, date(depth - 1), v -> ((LocalDate) v).plusMonths(1));
            case 2 -> unary(
                    "CAST($1 AS date)",
                    DataType.DATE,
                    timestamp(depth - 1),
                    v -> LocalDate.ofInstant((Instant) v, ZoneOffset.UTC));
            default -> choice(DataType.DATE, depth, this::date);
        };
    }

    Sample timestamp(int depth) {
        if (depth <= 0) {
            return random.nextInt(4) == 0
                    ? new Sample(
                            "TIMESTAMP '2024-03-10 07:30:00'",
                            DataType.TIMESTAMP,
                            row -> Instant.parse("2024-03-10T07:30:00Z"))
                    : column(DataType.TIMESTAMP, List.of("ts"));
        }
        return switch (random.nextInt(5)) {
            case 0 -> unary("date_trunc('hour', $1)", DataType.TIMESTAMP, timestamp(depth - 1), v -> ((Instant) v)
                    .truncatedTo(ChronoUnit.HOURS));
            case 1 -> unary("($1 - INTERVAL '36' HOUR)", DataType.TIMESTAMP, timestamp(depth - 1), v -> ((Instant) v)
                    .minus(36, ChronoUnit.HOURS));
            case 2 -> unary("CAST($1 AS timestamp)", DataType.TIMESTAMP, date(depth - 1), v -> ((LocalDate) v)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
            case 3 -> unary(
                    "date_add('quarter', -1, $1)",
                    DataType.TIMESTAMP,
                    timestamp(depth - 1),
                    v -> LocalDateTime.ofInstant((Instant) v, ZoneOffset.UTC)
                            .minusMonths(3)
                            .toInstant(ZoneOffset.UTC));
            default -> choice(DataType.TIMESTAMP, depth, this::timestamp);
        };
    }

    Sample bool(int depth) {
        if (depth <= 0) {
            return switch (random.nextInt(8)) {
                case 0 -> new Sample("NULL", DataType.BOOLEAN, row -> null);
                case 1 -> new Sample("true", DataType.BOOLEAN, row -> true);
                default -> column(DataType.BOOLEAN, List.of("f", "g"));
            };
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> logical(depth);
            case 2 -> unary("(NOT $1)", DataType.BOOLEAN, bool(depth - 1), v -> !(Boolean) v);
            case 3, 4 -> comparison(depth);
            case 5 -> nullTest(depth);
            case 6 -> distinct(depth);
            case 7 -> in(depth);
            case 8 -> between(depth);
            default -> like(depth);
        };
    }

    private Sample logical(int depth) {
        boolean and = random.nextBoolean();
        Sample one = bool(depth - 1);
        Sample other = bool(depth - 1);
        return new Sample(
                "(" + one.text() + (and ? " AND " : " OR ") + other.text() + ")",
                DataType.BOOLEAN,
                row -> joined(and, one.meaning(), other.meaning(), row));
    }

    private static Object joined(boolean and, Meaning one, Meaning other, Map<String, Object> row) {
        Object a = one.of(row);
        if (Objects.equals(a, !and)) {
            return !and;
        }
        Object b = other.of(row);
        return Objects.equals(b, !and) ? (Object) !and : a == null || b == null ? null : (Object) and;
    }

    private Sample comparable(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> whole(depth);
            case 1 -> real(depth);
            case 2 -> text(depth);
            case 3 -> timestamp(depth);
            default -> decimal(depth);
        };
    }

    private Sample same(DataType type, int depth) {
        return switch (type.kind()) {
            case INT64 -> whole(depth);
            case FLOAT64 -> real(depth);
            case STRING -> text(depth);
            case TIMESTAMP -> timestamp(depth);
            case DECIMAL -> decimal(depth);
            case BOOLEAN, INT32, BINARY, DATE, JSON, LIST -> throw new IllegalStateException(type.toString());
        };
    }

    private static boolean holds(String sign, int order) {
        return switch (sign) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private Sample comparison(int depth) {
        Sample one = comparable(depth - 1);
        Sample other = same(one.type(), depth - 1);
        String sign = pick(List.of("=", "<>", "<", "<=", ">", ">="));
        return binary("($1 " + sign + " $2)", DataType.BOOLEAN, one, other, (a, b) -> holds(sign, compare(a, b)));
    }

    private Sample nullTest(int depth) {
        Sample one = any(depth - 1);
        boolean negated = random.nextBoolean();
        // NULL alone has no type, but IS NULL asks for none.
        return new Sample(
                "(" + one.text() + (negated ? " IS NOT NULL)" : " IS NULL)"),
                DataType.BOOLEAN,
                row -> one.meaning().of(row) == null != negated);
    }

    private Sample distinct(int depth) {
        Sample one = comparable(depth - 1);
        Sample other = same(one.type(), depth - 1);
        boolean negated = random.nextBoolean();
        return new Sample(
                "(" + one.text() + (negated ? " IS NOT" : " IS") + " DISTINCT FROM " + other.text() + ")",
                DataType.BOOLEAN,
                row -> {
                    Object a = one.meaning().of(row);
                    Object b = other.meaning().of(row);
                    boolean equal = a == null || b == null ? a == b : compare(a, b) == 0;
                    return equal == negated;
                });
    }

    private Sample in(int depth) {
        Sample one = random.nextBoolean() ? whole(depth - 1) : text(depth - 1);
        List<Sample> choices = List.of(
                same(one.type(), 0),
                same(one.type(), 0),
                random.nextInt(3) == 0 ? new Sample("NULL", one.type(), row -> null) : same(one.type(), 0));
        boolean negated = random.nextBoolean();
        return new Sample(
                "(" + one.text() + (negated ? " NOT IN (" : " IN (")
                        + choices.get(0).text() + ", " + choices.get(1).text() + ", "
                        + choices.get(2).text() + "))",
                DataType.BOOLEAN,
                row -> {
                    Object value = one.meaning().of(row);
                    if (value == null) {
                        return null;
                    }
                    boolean unknown = false;
                    for (Sample choice : choices) {
                        Object other = choice.meaning().of(row);
                        unknown |= other == null;
                        if (other != null && compare(value, other) == 0) {
                            return !negated;
                        }
                    }
                    return unknown ? null : (Object) negated;
                });
    }

    private Sample between(int depth) {
        Sample one = comparable(depth - 1);
        Sample low = same(one.type(), depth - 1);
        Sample high = same(one.type(), depth - 1);
        boolean negated = random.nextInt(4) == 0;
        Meaning atLeast = row -> strict(one.meaning(), low.meaning(), row, (a, b) -> compare(a, b) >= 0);
        Meaning atMost = row -> strict(one.meaning(), high.meaning(), row, (a, b) -> compare(a, b) <= 0);
        return new Sample(
                "(" + one.text() + (negated ? " NOT" : "") + " BETWEEN " + low.text() + " AND " + high.text() + ")",
                DataType.BOOLEAN,
                row -> {
                    Object inside = joined(true, atLeast, atMost, row);
                    return inside == null ? null : (Object) ((Boolean) inside != negated);
                });
    }

    private Sample like(int depth) {
        Sample one = text(depth - 1);
        String pattern = pick(List.of("%", "_", "a%", "%b", "%i%", "_n_", "V_EW", "view", "__%", "!%", "a!_%", ""));
        boolean escaped = pattern.contains("!");
        return unary(
                "($1 LIKE '" + pattern + "'" + (escaped ? " ESCAPE '!')" : ")"),
                DataType.BOOLEAN,
                one,
                v -> matches(points((String) v), 0, points(pattern), 0));
    }

    private static boolean matches(int[] text, int at, int[] pattern, int next) {
        if (next == pattern.length) {
            return at == text.length;
        } else if (pattern[next] == '%') {
            return matches(text, at, pattern, next + 1) || at < text.length && matches(text, at + 1, pattern, next);
        }
        boolean escaped = pattern[next] == '!';
        int wanted = escaped ? pattern[next + 1] : pattern[next];
        return at < text.length
                && (!escaped && wanted == '_' || text[at] == wanted)
                && matches(text, at + 1, pattern, next + (escaped ? 2 : 1));
    }
}
