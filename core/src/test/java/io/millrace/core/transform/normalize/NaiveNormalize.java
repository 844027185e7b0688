package io.millrace.core.transform.normalize;

import io.millrace.core.key.XxHash64;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The formulas of the documentation, value by value. */
final class NaiveNormalize {
    /** Thrown where a value has no result. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private NaiveNormalize() {}

    static Object apply(String kind, Map<String, ?> settings, Object value) {
        if (value == null) {
            return null;
        }
        return switch (kind) {
            case "min_max" -> {
                double low = number(settings, "low");
                double high = number(settings, "high");
                double result = (number(value) - number(settings, "min"))
                                / (number(settings, "max") - number(settings, "min"))
                                * (high - low)
                        + low;
                boolean clamp = settings.get("clamp").equals(true);
                yield finite(value, clamp && result < low ? low : clamp && result > high ? high : result);
            }
            case "z_score" -> finite(value, (number(value) - number(settings, "mean")) / number(settings, "stddev"));
            case "scale" -> finite(value, number(value) * number(settings, "factor") + number(settings, "offset"));
            case "log1p" -> finite(value, StrictMath.log1p(number(value)));
            case "clip" -> clip(value, number(settings, "min"), number(settings, "max"));
            case "bucket" -> bucket(number(value), (List<?>) settings.get("edges"));
            case "index" -> value instanceof List<?> list
                    ? each(list, element -> index(settings, element))
                    : index(settings, value);
            case "hash" -> value instanceof List<?> list
                    ? each(list, element -> hash(element, 0, (Integer) settings.get("buckets")))
                    : hash(value, 0, (Integer) settings.get("buckets"));
            case "multi_hot" -> hot((List<?>) settings.get("values"), (List<?>) value);
            case "one_hot" -> hot((List<?>) settings.get("values"), List.of(value));
            case "text" -> text((String) value);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<Object> each(List<?> list, java.util.function.Function<Object, Object> rule) {
        List<Object> results = new ArrayList<>();
        list.forEach(element -> results.add(element == null ? null : rule.apply(element)));
        return results;
    }

    private static double number(Map<String, ?> settings, String key) {
        return ((Number) settings.get(key)).doubleValue();
    }

    static double number(Object value) {
        return value instanceof BigDecimal decimal
                ? Double.parseDouble(decimal.toString())
                : ((Number) value).doubleValue();
    }

    private static double finite(Object value, double result) {
        if (Double.isFinite(number(value)) && !Double.isFinite(result)) {
            throw new Refused();
        }
        return result;
    }

    private static Object clip(Object value, double min, double max) {
        if (value instanceof Double number) {
            return number < min ? min : number > max ? max : number;
        }
        BigDecimal exact = new BigDecimal(value.toString());
        BigDecimal low = new BigDecimal(min).setScale(exact.scale(), RoundingMode.CEILING);
        BigDecimal high = new BigDecimal(max).setScale(exact.scale(), RoundingMode.FLOOR);
        BigDecimal clipped = exact.max(low).min(high);
        return value instanceof Integer
                ? (Object) clipped.intValueExact()
                : value instanceof Long ? (Object) clipped.longValueExact() : clipped;
    }

    private static Object bucket(double value, List<?> edges) {
        if (Double.isNaN(value)) {
            throw new Refused();
        }
        return (int) edges.stream().filter(edge -> number(edge) <= value).count();
    }

    private static Object index(Map<String, ?> settings, Object value) {
        List<?> values = (List<?>) settings.get("values");
        int buckets = (Integer) settings.get("oov_buckets");
        int place = texts(values).indexOf(value.toString());
        return place >= 0 ? 1 + buckets + place : (int) hash(value, 0, buckets);
    }

    private static Object hash(Object value, long seed, int buckets) {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        return 1 + (int) Long.remainderUnsigned(XxHash64.hash(text, 0, text.length, seed), buckets);
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private static List<Object> hot(List<?> vocabulary, List<?> values) {
        TreeSet<String> present = new TreeSet<>();
        values.forEach(value -> present.add(value == null ? "\u0000null" : value.toString()));
        List<Object> ones = new ArrayList<>();
        texts(vocabulary).forEach(value -> ones.add(present.contains(value) ? 1 : 0));
        return ones;
    }

    private static String text(String value) {
        String normal = Normalizer.normalize(value, Normalizer.Form.NFKC);
        StringBuilder folded = new StringBuilder();
        for (int point : normal.toUpperCase(java.util.Locale.ROOT).codePoints().toArray()) {
            folded.appendCodePoint(Character.toLowerCase(point));
        }
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }
}
