package io.millrace.core.transform.aggregate;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Schema;
import io.millrace.core.expression.Expression;
import io.millrace.core.measure.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code aggregate} over records: maps of lists, no partial rows. Arguments and filters are columns. */
final class NaiveAggregate {
    private final Aggregate settings;
    private final Schema schema;
    int rejected;

    NaiveAggregate(Aggregate settings, Schema schema) {
        this.settings = settings;
        this.schema = schema;
    }

    /** The groups' rows in any order. */
    List<Map<String, Object>> run(List<Map<String, Object>> rows) {
        Map<Object, List<Map<String, Object>>> byKey = new LinkedHashMap<>();
        for (Map<String, Object> row : rows) {
            if (settings.window().isPresent() && row.get(time()) == null) {
                rejected++;
                continue;
            }
            List<Object> key = new ArrayList<>();
            settings.by().forEach(name -> key.add(NaiveValues.comparable(NaiveValues.canonical(row.get(name)))));
            byKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
        }
        List<Map<String, Object>> results = new ArrayList<>();
        for (List<Map<String, Object>> group : byKey.values()) {
            for (Window window : windows(group)) {
                results.add(result(group.get(0), window));
            }
        }
        return results;
    }

    private record Window(Instant start, Instant end, List<Map<String, Object>> rows) {}

    private String time() {
        return settings.windowTime().orElseThrow();
    }

    private List<Window> windows(List<Map<String, Object>> group) {
        if (settings.window().isEmpty()) {
            return List.of(new Window(null, null, group));
        }
        WindowSettings window = settings.window().get();
        if (window.session().isPresent()) {
            return sessions(group, window.session().get());
        }
        Map<Instant, Window> found = new LinkedHashMap<>();
        for (Map<String, Object> row : group) {
            for (Window one : windowsOf((Instant) row.get(time()), window)) {
                found.computeIfAbsent(one.start(), start -> one).rows().add(row);
            }
        }
        return new ArrayList<>(found.values());
    }

    /** Walks over all starts of windows around the time. */
    private static List<Window> windowsOf(Instant time, WindowSettings window) {
        var size =
                window.tumbling().orElseGet(() -> window.sliding().orElseThrow().size());
        var step =
                window.tumbling().orElseGet(() -> window.sliding().orElseThrow().every());
        List<Window> found = new ArrayList<>();
        if (!size.calendar()) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
            long width = size.duration().toNanos() / 1000;
            long every = step.duration().toNanos() / 1000;
            for (long start = Math.floorDiv(micros, every) * every; start > micros - width; start -= every) {
                found.add(new Window(
                        Instant.EPOCH.plus(start, ChronoUnit.MICROS),
                        Instant.EPOCH.plus(start + width, ChronoUnit.MICROS),
                        new ArrayList<>()));
            }
            return found;
        }
        ZoneId zone = window.zone().orElse(ZoneId.of("UTC"));
        LocalDate monday = LocalDate.of(1970, 1, 5);
        long day = ChronoUnit.DAYS.between(monday, time.atZone(zone).toLocalDate());
        for (long start = Math.floorDiv(day, (long) step.days()) * step.days();
                start > day - size.days();
                start -= step.days()) {
            found.add(new Window(
                    monday.plusDays(start).atStartOfDay(zone).toInstant(),
                    monday.plusDays(start + size.days()).atStartOfDay(zone).toInstant(),
                    new ArrayList<>()));
        }
        return found;
    }

    private List<Window> sessions(List<Map<String, Object>> group, Session session) {
        List<Map<String, Object>> sorted = new ArrayList<>(group);
        sorted.sort((one, other) -> ((Instant) one.get(time())).compareTo((Instant) other.get(time())));
        List<Window> found = new ArrayList<>();
        List<Map<String, Object>> current = new ArrayList<>();
        for (Map<String, Object> row : sorted) {
            if (!current.isEmpty()) {
                Instant first = (Instant) current.get(0).get(time());
                Instant last = (Instant) current.get(current.size() - 1).get(time());
                Instant now = (Instant) row.get(time());
                boolean paused = !now.isBefore(last.plus(session.gap()));
                boolean long_ = session.max().isPresent()
                        && !now.isBefore(first.plus(session.max().get()));
                if (paused || long_) {
                    found.add(session(current, session));
                    current = new ArrayList<>();
                }
            }
            current.add(row);
        }
        found.add(session(current, session));
        return found;
    }

    private Window session(List<Map<String, Object>> rows, Session session) {
        Instant first = (Instant) rows.get(0).get(time());
        Instant end = ((Instant) rows.get(rows.size() - 1).get(time())).plus(session.gap());
        if (session.max().isPresent() && end.isAfter(first.plus(session.max().get()))) {
            end = first.plus(session.max().get());
        }
        return new Window(first, end, rows);
    }

    private Map<String, Object> result(Map<String, Object> sample, Window window) {
        Map<String, Object> result = new LinkedHashMap<>();
        settings.by().forEach(name -> result.put(name, NaiveValues.canonical(sample.get(name))));
        if (window.start() != null) {
            result.put("window_start", window.start());
            result.put("window_end", window.end());
        }
        List<Map<String, Object>> rows = new ArrayList<>(window.rows());
        rows.sort(this::compareRows);
        settings.measures().forEach((name, measure) -> result.put(name, measure(measure, rows)));
        return result;
    }

    private int compareRows(Map<String, Object> one, Map<String, Object> other) {
        List<String> deciding = new ArrayList<>(settings.order());
        schema.names().stream().filter(name -> !deciding.contains(name)).forEach(deciding::add);
        for (String name : deciding) {
            DataType type = schema.field(schema.require(name)).type();
            int order = NaiveValues.compare(type, one.get(name), other.get(name));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private Object measure(Measure measure, List<Map<String, Object>> rows) {
        Measure.Basic basic =
                measure instanceof Measure.Filtered filtered ? filtered.measure() : (Measure.Basic) measure;
        List<Object> values = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            boolean passes = !(measure instanceof Measure.Filtered filtered)
                    || Boolean.TRUE.equals(row.get(column(filtered.condition())));
            Object value = basic.argument().isEmpty()
                    ? "row"
                    : row.get(column(basic.argument().get()));
            if (!ordered(basic)) {
                value = NaiveValues.canonical(value);
            }
            if (passes && value != null) {
                values.add(value);
            }
        }
        DataType type = basic.argument()
                .map(argument -> schema.field(schema.require(column(argument))).type())
                .orElse(null);
        return NaiveMeasures.compute(basic, type, values);
    }

    private static boolean ordered(Measure.Basic measure) {
        return measure instanceof Measure.First
                || measure instanceof Measure.Last
                || measure instanceof Measure.CollectList;
    }

    private static String column(Expression expression) {
        return ((Expression.ColumnReference) expression).name();
    }
}
