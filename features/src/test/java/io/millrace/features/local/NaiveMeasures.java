package io.millrace.features.local;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Measures over lists of events, as one would write them without a thought of speed. */
final class NaiveMeasures {
    private NaiveMeasures() {}

    static List<Map<String, Object>> within(List<Map<String, Object>> events, Instant from, Instant until) {
        return events.stream()
                .filter(event ->
                        event.get("ts") instanceof Instant time && !time.isBefore(from) && time.isBefore(until))
                .toList();
    }

    static List<Map<String, Object>> of(List<Map<String, Object>> events, String column, Object value) {
        return events.stream()
                .filter(event -> Objects.equals(event.get(column), value))
                .toList();
    }

    static List<Object> values(List<Map<String, Object>> events, String column) {
        return events.stream()
                .map(event -> event.get(column))
                .filter(Objects::nonNull)
                .toList();
    }

    static Double sum(List<Map<String, Object>> events, String column) {
        List<Object> values = values(events, column);
        return values.isEmpty()
                ? null
                : (Double) values.stream()
                        .map(value -> new BigDecimal((Double) value))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .doubleValue();
    }

    static List<Object> last(List<Map<String, Object>> events, String column, int count) {
        List<Map<String, Object>> ordered = new ArrayList<>(
                events.stream().filter(event -> event.get(column) != null).toList());
        ordered.sort(Comparator.<Map<String, Object>, Instant>comparing(event -> (Instant) event.get("ts"))
                .thenComparing(event -> (Long) event.get("id")));
        return ordered.subList(Math.max(0, ordered.size() - count), ordered.size()).stream()
                .map(event -> event.get(column))
                .toList();
    }

    private static TreeMap<Object, Long> counts(List<Object> values) {
        TreeMap<Object, Long> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts;
    }

    static List<Object> top(List<Object> values, int count) {
        return counts(values).entrySet().stream()
                .sorted(Map.Entry.<Object, Long>comparingByValue().reversed())
                .limit(count)
                .<Object>map(Map.Entry::getKey)
                .toList();
    }

    static Double entropy(List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        double entropy = 0;
        for (long count : counts(values).values().stream().sorted().toList()) {
            double share = (double) count / values.size();
            entropy -= share * StrictMath.log(share);
        }
        return counts(values).size() == 1 ? 0.0 : entropy;
    }

    static List<Object> hours(List<Map<String, Object>> events, ZoneId zone) {
        long[] hours = new long[24];
        values(events, "ts").forEach(time -> hours[((Instant) time).atZone(zone).getHour()]++);
        List<Object> list = new ArrayList<>();
        for (long hour : hours) {
            list.add(hour);
        }
        return list;
    }

    /** How many sessions there are, and how many seconds they last. */
    record Sessions(long count, double seconds) {}

    static Sessions sessions(List<Map<String, Object>> events, Duration gap) {
        List<Instant> times =
                values(events, "ts").stream().map(Instant.class::cast).sorted().toList();
        long count = 0;
        Duration total = Duration.ZERO;
        for (int i = 0; i < times.size(); i++) {
            if (i == 0 || Duration.between(times.get(i - 1), times.get(i)).compareTo(gap) >= 0) {
                count++;
            } else {
                total = total.plus(Duration.between(times.get(i - 1), times.get(i)));
            }
        }
        return new Sessions(count, total.toNanos() / 1_000 / 1e6);
    }

    static Double faded(List<Map<String, Object>> events, double halfLife, int tiles, Function<Instant, Long> age) {
        double sum = 0;
        for (int tile = 0; tile < tiles; tile++) {
            long wanted = tile;
            long count = events.stream()
                    .filter(event -> age.apply((Instant) event.get("ts")) == wanted)
                    .count();
            sum += count * StrictMath.pow(0.5, tile / halfLife);
        }
        return sum;
    }
}
