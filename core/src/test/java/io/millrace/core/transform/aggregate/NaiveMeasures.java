package io.millrace.core.transform.aggregate;

import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.DecimalType;
import io.millrace.api.data.DataType.Kind;
import io.millrace.core.measure.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Measures over a list of values that are not null, in the order of their rows. Overflow is an ArithmeticException. */
final class NaiveMeasures {
    /** More digits than any double or tie of two doubles has; for values of usual size far fewer are enough. */
    private static final MathContext ALL_DIGITS = new MathContext(2_600);

    private static final MathContext DIGITS = new MathContext(250);

    private NaiveMeasures() {}

    static Object compute(Measure.Basic measure, DataType type, List<Object> values) {
        if (measure instanceof Measure.CountRows || measure instanceof Measure.Count) {
            return (long) values.size();
        } else if (measure instanceof Measure.CountDistinct) {
            return (long) distinct(type, values).size();
        } else if (measure instanceof Measure.CollectSet set) {
            return first(distinct(type, values), set.limit());
        } else if (measure instanceof Measure.Top top) {
            return top(type, values, top.limit());
        } else if (measure instanceof Measure.CollectList list) {
            return last(values, list.limit());
        } else if (measure instanceof Measure.Last last && last.limit().isPresent()) {
            return last(values, last.limit());
        } else if (values.isEmpty()) {
            return null;
        } else if (measure instanceof Measure.First) {
            return values.get(0);
        } else if (measure instanceof Measure.Last) {
            return values.get(values.size() - 1);
        } else if (measure instanceof Measure.Minimum) {
            return values.stream().min(order(type)).orElseThrow();
        } else if (measure instanceof Measure.Maximum) {
            return values.stream().max(order(type)).orElseThrow();
        } else if (measure instanceof Measure.Sum) {
            return sum(type, values);
        } else if (measure instanceof Measure.Average) {
            return average(type, values);
        } else if (measure instanceof Measure.Variance variance) {
            return variance(type, values, variance.population());
        } else if (measure instanceof Measure.Deviation deviation) {
            Double variance = variance(type, values, deviation.population());
            return variance == null ? null : (Object) Math.sqrt(variance);
        }
        throw new IllegalArgumentException("no naive form of " + measure);
    }

    private static Comparator<Object> order(DataType type) {
        return (one, other) -> NaiveValues.compare(type, one, other);
    }

    private static List<Object> distinct(DataType type, List<Object> values) {
        List<Object> sorted = new ArrayList<>(values);
        sorted.sort(order(type));
        List<Object> distinct = new ArrayList<>();
        for (Object value : sorted) {
            if (distinct.isEmpty() || NaiveValues.compare(type, distinct.get(distinct.size() - 1), value) != 0) {
                distinct.add(value);
            }
        }
        return distinct;
    }

    private static List<Object> first(List<Object> values, OptionalInt limit) {
        return values.subList(0, Math.min(values.size(), limit.orElse(values.size())));
    }

    private static List<Object> last(List<Object> values, OptionalInt limit) {
        return values.subList(Math.max(0, values.size() - limit.orElse(values.size())), values.size());
    }

    private static List<Object> top(DataType type, List<Object> values, int limit) {
        Map<Object, Long> counts = new LinkedHashMap<>();
        List<Object> distinct = distinct(type, values);
        for (Object value : distinct) {
            long count = values.stream()
                    .filter(other -> NaiveValues.compare(type, value, other) == 0)
                    .count();
            counts.put(value, count);
        }
        List<Object> sorted = new ArrayList<>(distinct);
        sorted.sort(Comparator.comparing((Object value) -> -counts.get(value)));
        return first(sorted, OptionalInt.of(limit));
    }

    private static BigDecimal exact(Object value) {
        return value instanceof BigDecimal decimal
                ? decimal
                : value instanceof Double number
                        ? new BigDecimal(number)
                        : BigDecimal.valueOf(((Number) value).longValue());
    }

    /** The sum where it is not finite, or null. */
    private static Double special(List<Object> values) {
        double sum = 0;
        for (Object value : values) {
            if (value instanceof Double number && !Double.isFinite(number)) {
                sum += number;
            }
        }
        return Double.isFinite(sum) ? null : (Double) sum;
    }

    private static BigDecimal total(List<Object> values) {
        return values.stream().map(NaiveMeasures::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static MathContext digits(List<Object> values) {
        return values.stream()
                        .anyMatch(value -> value instanceof Double number
                                && number != 0
                                && Math.abs(Math.getExponent(number)) > 60)
                ? ALL_DIGITS
                : DIGITS;
    }

    private static Object sum(DataType type, List<Object> values) {
        if (special(values) != null) {
            return special(values);
        }
        BigDecimal total = total(values);
        if (type.kind() == Kind.FLOAT64) {
            return total.doubleValue();
        } else if (type instanceof DecimalType decimal) {
            if (total.unscaledValue().abs().compareTo(BigInteger.TEN.pow(Math.min(38, decimal.precision() + 10)))
                    >= 0) {
                throw new ArithmeticException("the sum does not fit");
            }
            return total.setScale(decimal.scale());
        }
        return total.longValueExact();
    }

    private static Object average(DataType type, List<Object> values) {
        if (special(values) != null) {
            return special(values);
        }
        if (type instanceof DecimalType decimal) {
            int scale = decimal.scale() + Math.min(4, 38 - decimal.precision());
            return total(values).divide(BigDecimal.valueOf(values.size()), scale, RoundingMode.HALF_UP);
        }
        return total(values).doubleValue() / values.size();
    }

    private static Double variance(DataType type, List<Object> values, boolean population) {
        if (values.size() == 1 && !population) {
            return null;
        }
        if (special(values) != null) {
            return Double.NaN;
        }
        BigDecimal count = BigDecimal.valueOf(values.size());
        BigDecimal total = total(values);
        BigDecimal squares = values.stream()
                .map(NaiveMeasures::exact)
                .map(v -> v.multiply(v))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal numerator = count.multiply(squares).subtract(total.multiply(total));
        return numerator
                .divide(count.multiply(population ? count : count.subtract(BigDecimal.ONE)), digits(values))
                .doubleValue();
    }
}
