package io.millrace.engines.spark;

import static io.millrace.api.data.DataType.INT64;
import static io.millrace.api.data.DataType.STRING;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.api.data.DataType.ListType;
import io.millrace.core.expression.ArithmeticOperator;
import io.millrace.core.expression.Expression.Call;
import java.util.List;

/** Functions by name. What is not listed here is refused, a new function of ours, too, until somebody has compared it. */
final class SparkFunctions {
    private SparkFunctions() {}

    static Part render(Call call, List<Part> a, Rendering rendering) {
        DataType type = rendering.type(call);
        return switch (call.name()) {
            case "lower", "upper", "reverse" -> Text.plain(call.name(), a, STRING);
            case "concat", "replace", "concat_ws" -> Text.plain(call.name(), a, STRING);
            case "length" -> Text.length(a.get(0));
            case "starts_with" -> Text.test("startswith", a);
            case "ends_with" -> Text.test("endswith", a);
            case "position" -> Text.position(Text.texts(a));
            case "trim" -> Text.trimmed("BOTH", a);
            case "ltrim" -> Text.trimmed("LEADING", a);
            case "rtrim" -> Text.trimmed("TRAILING", a);
            case "substring" -> Text.substring(a);
            case "left" -> Text.left(a);
            case "right" -> Text.right(a);
            case "split_part" -> Text.splitPart(a);
            case "lpad", "rpad" -> Text.padded(call.name(), a);
            case "repeat" -> Text.repeated(a);
            case "contains" -> contains(a);
            case "cardinality", "size" -> Part.safe(
                    INT64, Sql.cast("array_size(" + a.get(0).sql() + ")", INT64), a);
            case "element_at" -> elementAt(a, type);
            case "coalesce" -> Conditions.firstKnown(Coercion.common(a));
            case "nullif" -> nullIf(call, a, type);
            case "if" -> Conditions.branches(
                    List.of(Coercion.to(a.get(0), DataType.BOOLEAN)), Coercion.common(a.subList(1, 3)));
            case "greatest", "least" -> extreme(call.name(), Coercion.common(a));
            case "abs" -> Numeric.absolute(a.get(0), type);
            case "sign" -> Numeric.sign(a.get(0), type);
            case "sqrt" -> Numeric.root(a.get(0));
            case "exp" -> Numeric.ofReal("exp", a.get(0));
            case "ln", "log10", "log1p" -> Numeric.logarithm(call.name(), a.get(0));
            case "pow", "power" -> Numeric.power(a.get(0), a.get(1));
            case "is_nan" -> Numeric.isNan(a.get(0));
            case "div" -> Calculating.wholeQuotient(a.get(0), a.get(1));
            case "mod" -> Calculating.computed(call, ArithmeticOperator.REMAINDER, a.get(0), a.get(1), type);
            case "round" -> Numeric.rounded(
                    a.get(0), a.size() == 1 ? 0 : (Long) a.get(1).value(), type);
            case "floor" -> Numeric.floor(a.get(0), type);
            case "ceil", "ceiling" -> Numeric.ceiling(a.get(0), type);
            case "year",
                    "quarter",
                    "month",
                    "week",
                    "year_of_week",
                    "day",
                    "day_of_month",
                    "day_of_year",
                    "day_of_week",
                    "is_weekend",
                    "hour",
                    "hour_of_day",
                    "minute",
                    "second",
                    "millisecond",
                    "microsecond",
                    "last_day" -> Calendar.part(call.name(), a.get(0));
            case "date_trunc" -> Moments.truncated(call, a, rendering);
            case "date_add" -> Moments.added(call, a, rendering);
            case "date_diff" -> Moments.difference(a);
            case "from_utc_timestamp" -> Zones.toZone(
                    a.get(0), (String) a.get(1).value());
            case "to_utc_timestamp" -> Zones.fromZone(
                    a.get(0), (String) a.get(1).value());
            case "epoch_seconds" -> Moments.epoch("unix_seconds", a.get(0));
            case "epoch_millis" -> Moments.epoch("unix_millis", a.get(0));
            case "epoch_micros" -> Moments.epoch("unix_micros", a.get(0));
            case "from_epoch_seconds" -> Moments.fromEpoch(1_000_000, a.get(0));
            case "from_epoch_millis" -> Moments.fromEpoch(1_000, a.get(0));
            case "from_epoch_micros" -> Moments.fromEpoch(1, a.get(0));
            case "md5" -> Part.safe(STRING, "md5(" + a.get(0).sql() + ")", a);
            case "sha256" -> Part.safe(STRING, "sha2(" + a.get(0).sql() + ", 256)", a);
            case "xxhash64" -> Part.safe(INT64, "xxhash64(" + Part.list(a.stream()) + ")", a);
            default -> throw Rendering.refused(
                    call, "Spark has no " + call.name() + " that is certain to yield the same values");
        };
    }

    private static Part contains(List<Part> a) {
        if (!(a.get(0).type() instanceof ListType list)) {
            return Text.test("contains", a);
        }
        Part element = Coercion.to(a.get(1), list.element());
        return Part.safe(
                DataType.BOOLEAN,
                "array_contains(" + a.get(0).sql() + ", " + element.sql() + ")",
                List.of(a.get(0), element));
    }

    private static Part elementAt(List<Part> a, DataType type) {
        Part list = a.get(0);
        Part index = Coercion.to(a.get(1), INT64);
        // 0 would be an error that ends the query; the least int32 reads outside of the list and may end the process.
        String place = "nullif(" + Text.clamped(index, -Text.ENOUGH, Text.ENOUGH) + ", 0)";
        return Part.checked(
                type,
                "element_at(" + list.sql() + ", " + place + ")",
                List.of(list, index),
                index.sql() + " = 0L AND " + list.sql() + " IS NOT NULL");
    }

    private static Part nullIf(Call call, List<Part> a, DataType type) {
        Part equal = Comparing.compared(call, "=", a.get(0), a.get(1));
        return Conditions.branches(List.of(equal), List.of(Part.literal(type, null), a.get(0)));
    }

    private static Part extreme(String name, List<Part> values) {
        if (values.size() == 1) {
            return values.get(0);
        }
        boolean known = values.get(0).type().kind() != Kind.LIST;
        return Part.safe(known ? values.get(0).type() : STRING, name + "(" + Part.list(values.stream()) + ")", values);
    }
}
