package io.millrace.engines.spark;

import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Texts of expressions over {@link NastyBatch}: each operator and function that can be rendered, with operands that fit. */
final class RandomExpressions {
    private static final List<String> ZONES = List.of(
            "Asia/Shanghai",
            "America/New_York",
            "Europe/Berlin",
            "+08:00",
            "-03:30",
            "UTC",
            "Asia/Kathmandu",
            "Pacific/Apia");
    private static final List<String> DATE_UNITS = List.of("year", "quarter", "month", "week", "day");
    private static final List<String> TIME_UNITS = List.of("hour", "minute", "second", "millisecond", "microsecond");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /** One of any type, with so many levels of operators at most. */
    String any(int depth) {
        return of(
                of(List.of(
                        Kind.BOOLEAN,
                        Kind.BOOLEAN,
                        Kind.BOOLEAN,
                        Kind.INT64,
                        Kind.INT64,
                        Kind.FLOAT64,
                        Kind.DECIMAL,
                        Kind.STRING,
                        Kind.STRING,
                        Kind.DATE,
                        Kind.TIMESTAMP,
                        Kind.INT32,
                        Kind.BINARY)),
                depth);
    }

    private <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @SafeVarargs
    private String one(Supplier<String>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    private String of(Kind kind, int depth) {
        if (depth == 0) {
            return leaf(kind);
        }
        int below = random.nextInt(depth);
        if (random.nextInt(6) == 0) {
            return choice(kind, below);
        }
        return switch (kind) {
            case BOOLEAN -> condition(below);
            case INT32 -> one(
                    () -> "CAST(" + of(Kind.INT64, below) + " AS int32)",
                    () -> cast() + of(numberOrText(), below) + " AS int32)");
            case INT64 -> whole(below);
            case FLOAT64 -> real(below);
            case DECIMAL -> decimal(below);
            case STRING -> text(below);
            case BINARY -> "CAST(" + of(Kind.STRING, below) + " AS binary)";
            case DATE -> date(below);
            case TIMESTAMP -> moment(below);
            case JSON, LIST -> leaf(kind);
        };
    }

    private String leaf(Kind kind) {
        if (kind != Kind.JSON && kind != Kind.LIST && random.nextInt(4) == 0) {
            return literal(kind);
        }
        List<String> names = new ArrayList<>();
        for (Field field : NastyBatch.SCHEMA) {
            if (field.type().kind() == kind) {
                names.add(field.name());
            }
        }
        return "\"" + of(names) + "\"";
    }

    private String literal(Kind kind) {
        if (random.nextInt(12) == 0) {
            return "NULL";
        }
        return switch (kind) {
            case BOOLEAN -> of(List.of("TRUE", "FALSE"));
            case INT32, INT64 -> of(List.of(
                    "0", "1", "-1", "2", "7", "100", "9223372036854775807", "-9223372036854775808", "2147483648"));
            case FLOAT64 -> of(List.of(
                    "0E0",
                    "-0E0",
                    "1.5E0",
                    "1E300",
                    "CAST('NaN' AS float64)",
                    "CAST('-Infinity' AS float64)",
                    "5E-324"));
            case DECIMAL -> of(
                    List.of("0.0", "1.5", "-2.25", "99999999.99", "0.000001", "12345678901234567890", "0.5"));
            case STRING -> quoted(of(random.nextInt(3) > 0 ? NastyBatch.TEXTS : NastyBatch.NUMBERS));
            case BINARY -> of(List.of("X''", "X'ff00'", "X'61'"));
            case DATE -> of(List.of("DATE '2024-02-29'", "DATE '1969-12-31'", "DATE '0001-01-01'"));
            case TIMESTAMP -> of(List.of("TIMESTAMP '2024-02-29 12:34:56.789'", "TIMESTAMP '1900-01-01 00:00:00'"));
            case JSON, LIST -> throw new IllegalArgumentException(kind + " has no literals");
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private Kind scalar() {
        return of(List.of(
                Kind.BOOLEAN,
                Kind.INT32,
                Kind.INT64,
                Kind.FLOAT64,
                Kind.DECIMAL,
                Kind.STRING,
                Kind.BINARY,
                Kind.DATE,
                Kind.TIMESTAMP));
    }

    private Kind number() {
        return of(List.of(Kind.INT32, Kind.INT64, Kind.FLOAT64, Kind.DECIMAL));
    }

    private Kind exact() {
        return of(List.of(Kind.INT32, Kind.INT64, Kind.DECIMAL));
    }

    private Kind numberOrText() {
        return random.nextInt(3) == 0
                ? Kind.STRING
                : of(List.of(Kind.INT64, Kind.FLOAT64, Kind.DECIMAL, Kind.BOOLEAN, Kind.INT32));
    }

    private Kind temporal() {
        return random.nextBoolean() ? Kind.DATE : Kind.TIMESTAMP;
    }

    private String cast() {
        return random.nextInt(3) == 0 ? "TRY_CAST(" : "CAST(";
    }

    private String numericText() {
        return random.nextInt(3) == 0 ? leaf(Kind.STRING) : "s2";
    }

    private String choice(Kind kind, int below) {
        return one(
                () -> "CASE WHEN " + of(Kind.BOOLEAN, below) + " THEN " + of(kind, below) + " WHEN "
                        + of(Kind.BOOLEAN, below) + " THEN " + of(kind, below)
                        + (random.nextBoolean() ? " ELSE " + of(kind, below) : "") + " END",
                () -> {
                    Kind operand = scalar();
                    return "CASE " + of(operand, below) + " WHEN " + of(operand, below) + " THEN " + of(kind, below)
                            + " ELSE " + of(kind, below) + " END";
                },
                () -> "COALESCE(" + of(kind, below) + ", " + of(kind, below) + ", " + of(kind, below) + ")",
                () -> "NULLIF(" + of(kind, below) + ", " + of(kind, below) + ")",
                () -> "IF(" + of(Kind.BOOLEAN, below) + ", " + of(kind, below) + ", " + of(kind, below) + ")",
                () -> (random.nextBoolean() ? "GREATEST(" : "LEAST(") + of(kind, below) + ", " + of(kind, below) + ", "
                        + of(kind, below) + ")");
    }

    private String condition(int below) {
        String comparison = of(List.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"));
        String not = random.nextBoolean() ? " NOT" : "";
        Kind kind = scalar();
        return one(
                () -> "(" + of(kind, below) + " " + comparison + " " + of(kind, below) + ")",
                () -> "(" + of(number(), below) + " " + comparison + " " + of(number(), below) + ")",
                () -> "(" + of(temporal(), below) + " " + comparison + " " + of(temporal(), below) + ")",
                () -> "(" + of(Kind.BOOLEAN, below) + " AND " + of(Kind.BOOLEAN, below) + " AND "
                        + of(Kind.BOOLEAN, below) + ")",
                () -> "(" + of(Kind.BOOLEAN, below) + " OR " + of(Kind.BOOLEAN, below) + " OR "
                        + of(Kind.BOOLEAN, below) + ")",
                () -> "(NOT " + of(Kind.BOOLEAN, below) + ")",
                () -> "(" + of(kind, below) + not + " BETWEEN " + of(kind, below) + " AND " + of(kind, below) + ")",
                () -> "(" + of(kind, below) + not + " IN (" + of(kind, below) + ", " + of(kind, 0) + ", " + of(kind, 0)
                        + "))",
                () -> "(" + of(Kind.FLOAT64, below) + not
                        + " IN (0E0, 1E0, 2E0, 3E0, 4E0, 5E0, 6E0, 7E0, 8E0, 9E0, 10E0, 1.5E0))",
                () -> "(" + of(Kind.STRING, below) + not + " LIKE "
                        + of(List.of(
                                "'%'",
                                "'a%'",
                                "'%a'",
                                "'%a%'",
                                "'_'",
                                "'__'",
                                "'a_a%'",
                                "'%😀%'",
                                "'_😀'",
                                "'100\\%'",
                                "''",
                                "'%\\'",
                                "'100!%!_%' ESCAPE '!'",
                                "'%!😀_' ESCAPE '😀'",
                                "'_\n_'",
                                "'ΑΣ'",
                                "'%𝒳_'"))
                        + ")",
                () -> "(" + of(kind, below) + " IS" + not + " NULL)",
                () -> of(List.of("starts_with", "ends_with", "contains")) + "(" + of(Kind.STRING, below) + ", "
                        + of(Kind.STRING, 0) + ")",
                () -> of(List.of("contains(ll, ", "contains(lf, ")) + of(Kind.INT64, below) + ")",
                () -> "contains(lf, " + of(Kind.FLOAT64, below) + ")",
                () -> "contains(ls, " + of(Kind.STRING, below) + ")",
                () -> "is_nan(" + of(number(), below) + ")",
                () -> "is_weekend(" + of(temporal(), below) + ")",
                () -> cast() + (random.nextBoolean() ? numericText() : of(Kind.INT64, below)) + " AS boolean)");
    }

    private String whole(int below) {
        return one(
                () -> "(" + of(Kind.INT64, below) + of(List.of(" + ", " - ", " * ", " % ")) + of(Kind.INT64, below)
                        + ")",
                () -> "(" + of(Kind.INT32, below) + of(List.of(" + ", " - ", " * ", " % ")) + of(Kind.INT64, below)
                        + ")",
                () -> "(- " + of(Kind.INT64, below) + ")",
                () -> of(List.of("div", "mod")) + "(" + of(Kind.INT64, below) + ", " + of(Kind.INT64, below) + ")",
                () -> of(List.of("abs", "sign", "round", "floor", "ceil")) + "(" + of(Kind.INT64, below) + ")",
                () -> "sign(" + of(Kind.DECIMAL, below) + ")",
                () -> "length(" + of(random.nextBoolean() ? Kind.STRING : Kind.BINARY, below) + ")",
                () -> "POSITION(" + of(Kind.STRING, 0) + " IN " + of(Kind.STRING, below) + ")",
                () -> cast() + numericText() + " AS int64)",
                () -> cast() + of(numberOrText(), below) + " AS int64)",
                () -> "EXTRACT(" + of(List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOW", "DOY", "YOW"))
                        + " FROM " + of(temporal(), below) + ")",
                () -> "EXTRACT(" + of(List.of("HOUR", "MINUTE", "SECOND")) + " FROM " + of(Kind.TIMESTAMP, below) + ")",
                () -> of(List.of("year", "month", "day_of_week", "hour", "millisecond", "microsecond", "hour_of_day"))
                        + "(" + of(temporal(), below) + ")",
                () -> "date_diff('" + of(random.nextBoolean() ? DATE_UNITS : TIME_UNITS) + "', "
                        + of(Kind.TIMESTAMP, below) + ", " + of(Kind.TIMESTAMP, below) + ")",
                () -> "date_diff('" + of(DATE_UNITS) + "', " + of(temporal(), below) + ", " + of(temporal(), below)
                        + ")",
                () -> of(List.of("epoch_seconds", "epoch_millis", "epoch_micros")) + "(" + of(temporal(), below) + ")",
                () -> "xxhash64(" + of(scalar(), below) + ", " + of(scalar(), below) + ", " + leaf(Kind.DECIMAL) + ")",
                () -> of(List.of("cardinality", "size")) + "(" + of(List.of("ll", "lf", "ls")) + ")",
                () -> "element_at(ll, " + of(Kind.INT64, below) + ")");
    }

    private String real(int below) {
        return one(
                () -> "(" + of(Kind.FLOAT64, below) + of(List.of(" + ", " - ", " * ", " / ", " % "))
                        + of(number(), below) + ")",
                () -> "(" + of(Kind.INT64, below) + " / " + of(Kind.INT64, below) + ")",
                () -> "(- " + of(Kind.FLOAT64, below) + ")",
                () -> of(List.of("abs", "sign", "round", "floor", "ceil", "sqrt", "exp", "ln", "log10", "log1p")) + "("
                        + of(Kind.FLOAT64, below) + ")",
                () -> of(List.of("sqrt", "exp", "ln", "log1p")) + "(" + of(number(), below) + ")",
                () -> "round(" + of(Kind.FLOAT64, below) + ", " + random.nextInt(6) + ")",
                () -> "pow(" + of(number(), below) + ", " + of(number(), below) + ")",
                () -> cast() + numericText() + " AS float64)",
                () -> cast() + of(exact(), below) + " AS float64)",
                () -> "element_at(lf, " + of(Kind.INT64, below) + ")");
    }

    private String decimal(int below) {
        String type = of(List.of(
                "decimal(10,2)", "decimal(5,0)", "decimal(38,18)", "decimal(20,20)", "decimal(38,0)", "decimal(15,4)"));
        return one(
                () -> "(" + of(Kind.DECIMAL, below) + of(List.of(" + ", " - ", " * ", " / ", " % "))
                        + of(exact(), below) + ")",
                () -> "(" + of(exact(), below) + of(List.of(" + ", " - ", " * ", " / ", " % "))
                        + of(Kind.DECIMAL, below) + ")",
                () -> "(- " + of(Kind.DECIMAL, below) + ")",
                () -> of(List.of("abs", "round", "floor", "ceil")) + "(" + of(Kind.DECIMAL, below) + ")",
                () -> "round(" + of(Kind.DECIMAL, below) + ", " + random.nextInt(6) + ")",
                () -> "mod(" + of(Kind.DECIMAL, below) + ", " + of(exact(), below) + ")",
                () -> cast() + numericText() + " AS " + type + ")",
                () -> cast() + of(exact(), below) + " AS " + type + ")",
                () -> cast() + of(Kind.FLOAT64, below) + " AS decimal(15,4))");
    }

    private String text(int below) {
        return one(
                () -> of(List.of("lower", "upper", "reverse", "trim", "ltrim", "rtrim", "md5", "sha256")) + "("
                        + of(Kind.STRING, below) + ")",
                () -> of(List.of("md5", "sha256")) + "(" + of(Kind.BINARY, below) + ")",
                () -> of(List.of("trim", "ltrim", "rtrim")) + "(" + of(Kind.STRING, below) + ", " + of(Kind.STRING, 0)
                        + ")",
                () -> "(" + of(Kind.STRING, below) + " || " + of(Kind.STRING, below) + ")",
                () -> "concat_ws(" + of(Kind.STRING, 0) + ", " + of(Kind.STRING, below) + ", " + of(Kind.STRING, below)
                        + ")",
                () -> "replace(" + of(Kind.STRING, below) + ", " + of(Kind.STRING, 0) + ", " + of(Kind.STRING, 0) + ")",
                () -> "SUBSTRING(" + of(Kind.STRING, below) + " FROM " + of(Kind.INT64, below) + ")",
                () -> "SUBSTRING(" + of(Kind.STRING, below) + " FROM " + of(Kind.INT64, below) + " FOR "
                        + of(Kind.INT64, below) + ")",
                () -> of(List.of("left", "right")) + "(" + of(Kind.STRING, below) + ", " + of(Kind.INT64, below) + ")",
                () -> "split_part(" + of(Kind.STRING, below) + ", " + of(Kind.STRING, 0) + ", " + of(Kind.INT64, below)
                        + ")",
                () -> of(List.of("lpad", "rpad")) + "(" + of(Kind.STRING, below) + ", "
                        + of(List.of("i1", "7", "-1", "l1 % 10")) + ", " + of(Kind.STRING, 0) + ")",
                () -> "repeat(" + of(Kind.STRING, below) + ", " + of(List.of("i1", "3", "l1", "l2 % 4")) + ")",
                () -> cast()
                        + of(
                                of(List.of(
                                        Kind.INT64,
                                        Kind.BOOLEAN,
                                        Kind.DATE,
                                        Kind.TIMESTAMP,
                                        Kind.BINARY,
                                        Kind.DECIMAL,
                                        Kind.JSON)),
                                below)
                        + " AS string)",
                () -> "element_at(ls, " + of(Kind.INT64, below) + ")");
    }

    private String interval(boolean date) {
        String sign = random.nextInt(3) == 0 ? "-" : "";
        return "INTERVAL '" + sign + of(List.of("1", "3", "13", "40", "1000")) + "' "
                + of(
                        date
                                ? List.of("DAY", "MONTH", "YEAR")
                                : List.of("DAY", "MONTH", "YEAR", "HOUR", "MINUTE", "SECOND"));
    }

    private String date(int below) {
        return one(
                () -> "(" + of(Kind.DATE, below) + of(List.of(" + ", " - ")) + interval(true) + ")",
                () -> "date_trunc('" + of(DATE_UNITS) + "', " + of(Kind.DATE, below) + ")",
                () -> "date_add('" + of(List.of("day", "week")) + "', " + of(Kind.INT64, below) + ", "
                        + of(Kind.DATE, below) + ")",
                () -> "date_add('" + of(DATE_UNITS) + "', " + of(List.of("1", "-13", "0", "100")) + ", "
                        + of(Kind.DATE, below) + ")",
                () -> "last_day(" + of(temporal(), below) + ")",
                () -> cast() + of(Kind.TIMESTAMP, below) + " AS date)",
                () -> cast() + numericText() + " AS date)");
    }

    private String moment(int below) {
        return one(
                () -> "(" + of(Kind.TIMESTAMP, below) + of(List.of(" + ", " - ")) + interval(false) + ")",
                () -> "date_trunc('" + of(random.nextBoolean() ? DATE_UNITS : TIME_UNITS) + "', "
                        + of(Kind.TIMESTAMP, below) + ")",
                () -> "date_add('" + of(TIME_UNITS) + "', " + of(Kind.INT64, below) + ", " + of(Kind.TIMESTAMP, below)
                        + ")",
                () -> "date_add('" + of(DATE_UNITS) + "', " + of(List.of("1", "-13", "0", "100")) + ", "
                        + of(Kind.TIMESTAMP, below) + ")",
                () -> "(" + of(Kind.TIMESTAMP, below) + " AT TIME ZONE '" + of(ZONES) + "')",
                () -> of(List.of("from_utc_timestamp", "to_utc_timestamp")) + "(" + of(temporal(), below) + ", '"
                        + of(ZONES) + "')",
                () -> of(List.of("from_epoch_seconds", "from_epoch_millis", "from_epoch_micros")) + "("
                        + of(Kind.INT64, below) + ")",
                () -> cast() + of(Kind.DATE, below) + " AS timestamp)",
                () -> cast() + numericText() + " AS timestamp)",
                () -> "run_start()");
    }
}
