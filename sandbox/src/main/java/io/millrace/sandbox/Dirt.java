package io.millrace.sandbox;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much dirt the generated events carry. All shares are probabilities between 0 and 1 and are drawn independently,
 * so one row may carry several kinds.
 *
 * @param whiteSpace share of text cells with leading, trailing, repeated or Unicode white space
 * @param controlCharacters share of text cells with control characters (C0, DEL, C1; never NUL)
 * @param blank share of {@code category}, {@code device} and {@code page} cells that are empty or only white space,
 *     and so are empty text, not null, after cleaning
 * @param nulls share of null cells by column; any column but {@code event_id}
 * @param duplicates share of rows that are an exact copy of an earlier row
 * @param outOfRangeRatings share of rows whose rating is below 0 or above 5
 * @param malformedDates share of rows whose {@code ts} is no date of the form {@code yyyy-MM-dd HH:mm:ss}
 */
public record Dirt(
        double whiteSpace,
        double controlCharacters,
        double blank,
        Map<String, Double> nulls,
        double duplicates,
        double outOfRangeRatings,
        double malformedDates) {

    /** Checks every share and column name. */
    public Dirt {
        share("whiteSpace", whiteSpace);
        share("controlCharacters", controlCharacters);
        share("blank", blank);
        share("duplicates", duplicates);
        share("outOfRangeRatings", outOfRangeRatings);
        share("malformedDates", malformedDates);
        nulls.forEach((column, value) -> share("nulls of " + EventColumn.nullable(column), value));
        nulls = Map.copyOf(new TreeMap<>(nulls));
    }

    /** About 1 row in 8 dirty in some way, 2 % duplicates, and 2.5 % that cleaning must reject. */
    public static Dirt defaults() {
        return new Dirt(
                0.03,
                0.01,
                0.002,
                Map.of("user_id", 0.005, "category", 0.02, "device", 0.01, "ts", 0.001, "item_id", 0.002),
                0.02,
                0.01,
                0.01);
    }

    /** No dirt at all: every row is loaded as it is, but for null ratings. */
    public static Dirt none() {
        return new Dirt(0, 0, 0, Map.of(), 0, 0, 0);
    }

    /** Every kind at once and often, for tests of the odd cases. */
    public static Dirt heavy() {
        Map<String, Double> nulls = new TreeMap<>();
        Arrays.stream(EventColumn.values())
                .filter(column -> column != EventColumn.EVENT_ID)
                .forEach(column -> nulls.put(column.columnName(), 0.1));
        return new Dirt(0.5, 0.3, 0.1, nulls, 0.2, 0.15, 0.15);
    }

    /** The null shares by column, 0 where none is given. */
    double[] nullShares() {
        Map<EventColumn, Double> byColumn = new EnumMap<>(EventColumn.class);
        nulls.forEach((column, value) -> byColumn.put(EventColumn.nullable(column), value));
        return Arrays.stream(EventColumn.values())
                .mapToDouble(column -> byColumn.getOrDefault(column, 0.0))
                .toArray();
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("The share " + name + " must lie between 0 and 1, but is " + value);
        }
    }
}
