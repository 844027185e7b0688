package io.millrace.core.measure;

import io.millrace.core.expression.Expression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is computed over the rows of a group. A null of the argument does not count, in any measure. Results depend on the
 * rows as a multiset only: neither on their order nor on how they are split. Immutable.
 */
public sealed interface Measure {
    /** Reads a measure as it is written in a pipeline file, such as {@code sum(price) FILTER (WHERE paid)}. */
    static Measure parse(String text) {
        return MeasureText.parse(text);
    }

    /** Binds the written form in a pipeline file. */
    static Measure fromYaml(Object value) {
        if (value instanceof String text) {
            return parse(text);
        }
        throw new IllegalArgumentException("must be the text of an aggregate, such as \"count(*)\" or \"sum(price)\"");
    }

    /** The JSON Schema of the written form. */
    static Map<String, Object> yamlSchema() {
        return Map.of(
                "description",
                "An aggregate over the rows of a group, such as count(*) FILTER (WHERE event_type = 'view'), or a formula"
                        + " of several.",
                "type",
                "string");
    }

    /** A measure that has a state of its own. */
    sealed interface Basic extends Measure {
        /** What it is computed over; empty for {@code count(*)}. */
        Optional<Expression> argument();

        /** True where the order of rows decides. */
        default boolean ordered() {
            return this instanceof First || this instanceof Last || this instanceof CollectList;
        }

        /** True where the result is a list of values of the argument's type. */
        default boolean yieldsList() {
            return false;
        }
    }

    /** A measure over those rows that pass a condition. */
    record Filtered(Basic measure, Expression condition) implements Measure {}

    /**
     * A formula over the results of measures, computed when these are final.
     *
     * @param formula reads the part with index i as a column of the name {@code partName(i)}
     */
    record Combined(Expression formula, List<Measure> parts) implements Measure {
        public Combined {
            parts = List.copyOf(parts);
        }

        static String partName(int index) {
            return "#" + index;
        }
    }

    /** {@code count(*)}: how many rows. */
    record CountRows() implements Basic {
        @Override
        public Optional<Expression> argument() {
            return Optional.empty();
        }
    }

    /** {@code count(x)}: how many values. */
    record Count(Optional<Expression> argument) implements Basic {}

    /** {@code count(DISTINCT x)}: how many different values, exactly. */
    record CountDistinct(Optional<Expression> argument) implements Basic {}

    /** {@code approx_count_distinct(x)}: how many different values, with a standard error of 1.6 %. */
    record ApproxCountDistinct(Optional<Expression> argument) implements Basic {}

    /** {@code sum(x)}: the exact sum, rounded once where it is FLOAT64. */
    record Sum(Optional<Expression> argument) implements Basic {}

    /**
     * {@code avg(x)}: the sum by the number of values. For integers and FLOAT64 the exact sum is rounded to the nearest
     * double, half to even, and that is divided by the number of values in double arithmetic: to the bit what
     * {@code CAST(sum AS DOUBLE) / count(x)} yields. So the average of FLOAT64 is infinite where the rounded sum is. For
     * DECIMAL the exact sum is divided, half up.
     */
    record Average(Optional<Expression> argument) implements Basic {}

    /** {@code min(x)}. */
    record Minimum(Optional<Expression> argument) implements Basic {}

    /** {@code max(x)}. */
    record Maximum(Optional<Expression> argument) implements Basic {}

    /** {@code first(x)}: the value of the first row in the order of rows. */
    record First(Optional<Expression> argument) implements Basic {}

    /** {@code last(x)}: the value of the last row; {@code last(x, n)}: those of the last n, the newest last. */
    record Last(Optional<Expression> argument, OptionalInt limit) implements Basic {
        @Override
        public boolean yieldsList() {
            return limit.isPresent();
        }
    }

    /** {@code top(x, n)}: the n most frequent values, the smaller of two equally frequent ones first. */
    record Top(Optional<Expression> argument, int limit) implements Basic {
        @Override
        public boolean yieldsList() {
            return true;
        }
    }

    /** {@code collect_set(x)}: the different values, sorted; {@code collect_set(x, n)}: the n smallest of them. */
    record CollectSet(Optional<Expression> argument, OptionalInt limit) implements Basic {
        @Override
        public boolean yieldsList() {
            return true;
        }
    }

    /** {@code collect_list(x)}: all values in the order of rows; {@code collect_list(x, n)}: the last n of them. */
    record CollectList(Optional<Expression> argument, OptionalInt limit) implements Basic {
        @Override
        public boolean yieldsList() {
            return true;
        }
    }

    /** {@code variance(x)}, of a sample, and {@code var_pop(x)}: exact, rounded once. */
    record Variance(Optional<Expression> argument, boolean population) implements Basic {}

    /** {@code stddev(x)}, of a sample, and {@code stddev_pop(x)}: the square root of the variance. */
    record Deviation(Optional<Expression> argument, boolean population) implements Basic {}

    /** {@code entropy(x)}: how evenly the values are spread, in nats; null without any. */
    record Entropy(Optional<Expression> argument) implements Basic {}

    /** {@code histogram(x, n)}: how often x is 0, 1 … n-1, a list of n numbers; other values do not count. */
    record Histogram(Optional<Expression> argument, int size) implements Basic {}

    /**
     * {@code session_count(time, gap)}: how many stretches of time there are with less than the gap between neighbours, and
     * {@code session_seconds(time, gap)}: how long they last together, each from its first time to its last.
     *
     * @param gap seconds
     */
    record Sessions(Optional<Expression> argument, int gap, boolean seconds) implements Basic {}

    /** {@code approx_quantile(x, q)}: within 0.4 % of the least value that the fraction q of all values do not exceed. */
    record ApproxQuantile(Optional<Expression> argument, double quantile) implements Basic {}
}
