package io.millrace.features.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.api.data.DataType;
import io.millrace.api.data.Field;
import io.millrace.api.data.Schema;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureView;
import io.millrace.features.Ranking;
import io.millrace.features.TileGrid;
import io.millrace.features.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views against plain Java over lists, on seeded events. */
class FeatureOracleTest {
    private static final String MEASURES =
            """
            measures:
              events: count(*)
              views: {measure: "count(*) FILTER (WHERE kind = 'view')", window: LONG}
              items: {measure: count(DISTINCT item), window: SHORT}
              spent: {measure: sum(price), window: LONG}
              price: {measure: max(price), window: SHORT}
              first: {measure: min(ts), window: SHORT}
              recent: {measure: "last(item, 3)", window: LONG}
              kinds: {measure: "top(kind, 2)", window: LONG}
              mix: {measure: entropy(category), window: LONG}
              hours: {measure: "histogram(EXTRACT(HOUR FROM ts AT TIME ZONE '@zone'), 24)", window: LONG}
              sessions: {measure: "session_count(ts, 1800)", window: LONG}
              seconds: {measure: "session_seconds(ts, 1800)", window: LONG}
              faded: {measure: count(*), window: LONG, half_life: HALF}
            """;

    private static final String HEAD =
            """
            features: oracle
            entity: user
            events: {time: ts, tie_break: [id]}
            zone: "@zone"
            """;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private static Map<String, Object> expected(
            List<Map<String, Object>> all,
            Instant asOf,
            Instant grain,
            Instant shortWindow,
            Instant longWindow,
            ZoneId zone,
            Function<List<Map<String, Object>>, Double> faded) {
        List<Map<String, Object>> one = NaiveMeasures.within(all, grain, asOf);
        List<Map<String, Object>> few = NaiveMeasures.within(all, shortWindow, asOf);
        List<Map<String, Object>> many = NaiveMeasures.within(all, longWindow, asOf);
        NaiveMeasures.Sessions sessions = NaiveMeasures.sessions(many, Duration.ofMinutes(30));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("events", (long) one.size());
        values.put("views", (long) NaiveMeasures.of(many, "kind", "view").size());
        values.put(
                "items", NaiveMeasures.values(few, "item").stream().distinct().count());
        values.put("spent", NaiveMeasures.sum(many, "price"));
        values.put(
                "price",
                NaiveMeasures.values(few, "price").stream()
                        .max(Comparator.comparing(Double.class::cast))
                        .orElse(null));
        values.put(
                "first",
                NaiveMeasures.values(few, "ts").stream()
                        .min(Comparator.comparing(Instant.class::cast))
                        .orElse(null));
        values.put("recent", NaiveMeasures.last(many, "item", 3));
        values.put("kinds", NaiveMeasures.top(NaiveMeasures.values(many, "kind"), 2));
        values.put("mix", NaiveMeasures.entropy(NaiveMeasures.values(many, "category")));
        values.put("hours", NaiveMeasures.hours(many, zone));
        values.put("sessions", sessions.count());
        values.put("seconds", sessions.seconds());
        values.put("faded", faded.apply(many));
        return values;
    }

    private static List<Map<String, Object>> sorted(List<Map<String, Object>> rows, String time) {
        List<Map<String, Object>> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.<Map<String, Object>, Long>comparing(row -> (Long) row.get("user"))
                .thenComparing(row -> row.get(time).toString()));
        return sorted;
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2024-02-20",
        "Asia/Shanghai, 2024-02-20",
        "America/New_York, 2024-03-06",
        "America/New_York, 2024-10-31",
        "Australia/Lord_Howe, 2024-04-03"
    })
    void aDaysValuesAreThoseOfItsWindows(ZoneId zone, LocalDate first) {
        FeatureView view = Views.view((HEAD + "per: day\n" + MEASURES)
                .replace("@zone", zone.getId())
                .replace("LONG", "7d")
                .replace("SHORT", "3d")
                .replace("HALF", "2d"));
        List<Instant> midnights = new ArrayList<>();
        for (int day = 0; day < 16; day++) {
            midnights.add(first.plusDays(day).atStartOfDay(zone).toInstant());
        }
        List<Map<String, Object>> events = RandomEvents.make(random, 400, midnights.get(0), midnights);
        AsOfRange range = AsOfRange.between(view, midnights.get(5), midnights.get(12));
        Run.Result result = new Run(random).of(new FeatureStep(view, range), RandomEvents.SCHEMA, events);
        List<Map<String, Object>> expected = new ArrayList<>();
        for (LocalDate day = first.plusDays(5); day.isBefore(first.plusDays(12)); day = day.plusDays(1)) {
            Instant asOf = day.plusDays(1).atStartOfDay(zone).toInstant();
            Instant week = day.minusDays(6).atStartOfDay(zone).toInstant();
            for (long user = 0; user < 6; user++) {
                List<Map<String, Object>> own = NaiveMeasures.of(events, "user", user);
                if (NaiveMeasures.within(own, week, asOf).isEmpty()) {
                    continue;
                }
                LocalDate last = day;
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("user", user);
                row.put("date", day);
                row.putAll(expected(
                        own,
                        asOf,
                        day.atStartOfDay(zone).toInstant(),
                        day.minusDays(2).atStartOfDay(zone).toInstant(),
                        week,
                        zone,
                        many -> NaiveMeasures.faded(
                                many,
                                2,
                                7,
                                time -> ChronoUnit.DAYS.between(
                                        time.atZone(zone).toLocalDate(), last))));
                expected.add(row);
            }
        }
        assertThat(sorted(result.rows(), "date")).as("seed %d", seed).isEqualTo(sorted(expected, "date"));
        assertThat(result.rejects().reasons)
                .as("seed %d", seed)
                .hasSize((int)
                        events.stream().filter(event -> event.get("ts") == null).count())
                .allMatch("an event needs a time"::equals);
    }

    @ParameterizedTest
    @CsvSource({"UTC, 2024-02-20T00:00:00Z", "America/New_York, 2024-03-06T00:00:00Z"})
    void aHopsValuesAreThoseOfItsWindows(ZoneId zone, Instant first) {
        FeatureView view = Views.view((HEAD + "hop: 6h\n" + MEASURES)
                .replace("@zone", zone.getId())
                .replace("LONG", "3d")
                .replace("SHORT", "30h")
                .replace("HALF", "12h"));
        List<Instant> borders = new ArrayList<>();
        for (int hop = 0; hop < 60; hop++) {
            borders.add(first.plus(Duration.ofHours(6L * hop)));
        }
        List<Map<String, Object>> events = RandomEvents.make(random, 400, first, borders);
        AsOfRange range = AsOfRange.between(view, borders.get(10), borders.get(40));
        Run.Result result = new Run(random).of(new FeatureStep(view, range), RandomEvents.SCHEMA, events);
        TileGrid grid = TileGrid.of(view.grain());
        List<Map<String, Object>> expected = new ArrayList<>();
        for (Instant asOf : borders.subList(11, 41)) {
            // Days end at the hop at or before the same time of day, so many calendar days ago.
            long micros = asOf.atZone(zone).minusDays(3).toInstant().getEpochSecond();
            Instant from = Instant.ofEpochSecond(Math.floorDiv(micros, 21_600) * 21_600);
            int tiles = (int) (Duration.between(from, asOf).toHours() / 6);
            for (long user = 0; user < 6; user++) {
                List<Map<String, Object>> own = NaiveMeasures.of(events, "user", user);
                if (NaiveMeasures.within(own, from, asOf).isEmpty()) {
                    continue;
                }
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("user", user);
                row.put("as_of", asOf);
                row.putAll(expected(
                        own,
                        asOf,
                        asOf.minus(Duration.ofHours(6)),
                        asOf.minus(Duration.ofHours(30)),
                        from,
                        zone,
                        many -> NaiveMeasures.faded(
                                many, 2, tiles, time -> (asOf.getEpochSecond() - 1 - time.getEpochSecond()) / 21_600)));
                expected.add(row);
            }
        }
        assertThat(grid.endingAt(borders.get(11))).isEqualTo(range.first(grid));
        assertThat(sorted(result.rows(), "as_of")).as("seed %d", seed).isEqualTo(sorted(expected, "as_of"));
    }

    /** Counted by day, kept as bytes would be, and put together: the same to the last bit. */
    @ParameterizedTest
    @CsvSource({"UTC, 2024-02-20", "America/New_York, 2024-03-06"})
    void tilesGiveWhatEventsGive(ZoneId zone, LocalDate first) {
        FeatureView view = Views.view((HEAD + "per: day\n" + MEASURES)
                .replace("@zone", zone.getId())
                .replace("LONG", "7d")
                .replace("SHORT", "3d")
                .replace("HALF", "2d"));
        List<Instant> midnights = new ArrayList<>();
        for (int day = 0; day < 16; day++) {
            midnights.add(first.plusDays(day).atStartOfDay(zone).toInstant());
        }
        List<Map<String, Object>> events =
                RandomEvents.make(random, 400, midnights.get(1), midnights.subList(1, midnights.size()));
        List<Map<String, Object>> tiles = new ArrayList<>();
        Run run = new Run(random);
        Schema columns = null;
        for (int day = 0; day < 12; day++) {
            AsOfRange one = AsOfRange.between(view, midnights.get(day), midnights.get(day + 1));
            Run.Result tile =
                    run.of(new TileStep(new FeatureStep(view, one), new TileProvenance()), RandomEvents.SCHEMA, events);
            columns = tile.schema();
            tiles.addAll(tile.rows());
        }
        AsOfRange range = AsOfRange.between(view, midnights.get(5), midnights.get(12));
        Run.Result ofTiles = run.of(new FeatureStep(view, range, Optional.of(RandomEvents.SCHEMA)), columns, tiles);
        Run.Result ofEvents = run.of(new FeatureStep(view, range), RandomEvents.SCHEMA, events);
        assertThat(ofTiles.schema()).isEqualTo(ofEvents.schema());
        assertThat(sorted(ofTiles.rows(), "date"))
                .as("seed %d", seed)
                .isEqualTo(sorted(ofEvents.rows(), "date"))
                .isNotEmpty();
    }

    @Test
    void pairsAreWhatOneBuysWithinTheTime() {
        FeatureView view = Views.view(
                """
                features: pairs
                entity: item
                events: {time: ts, tie_break: [id]}
                per: day
                pairs: {of: item, by: user, where: kind <> 'view', within: 2d, limit: 3, as: other}
                measures:
                  events: {measure: count(*), window: 4d}
                  others: {measure: "top(other, 5)", window: 4d}
                  pairs: {measure: count(other), window: 4d}
                """);
        Instant first = Instant.parse("2024-02-20T00:00:00Z");
        List<Map<String, Object>> events =
                RandomEvents.make(random, 300, first, List.of(first.plus(Duration.ofDays(3))));
        AsOfRange range = AsOfRange.day(view, LocalDate.of(2024, 2, 25));
        Run run = new Run(random);
        Run.Result paired = run.of(new PairStep(view), RandomEvents.SCHEMA, events);
        Run.Result result = run.of(new FeatureStep(view, range), paired.schema(), paired.rows());
        Instant from = range.until().minus(Duration.ofDays(4));
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (long user = 0; user < 6; user++) {
            List<Map<String, Object>> bought = new ArrayList<>(NaiveMeasures.of(events, "user", user).stream()
                    .filter(event -> event.get("ts") != null && event.get("item") != null)
                    .filter(event ->
                            event.get("kind") != null && !event.get("kind").equals("view"))
                    .toList());
            bought.sort(Comparator.<Map<String, Object>, Instant>comparing(event -> (Instant) event.get("ts"))
                    .thenComparing(event -> (Long) event.get("id")));
            for (int late = 0; late < bought.size(); late++) {
                for (int early = Math.max(0, late - 3); early < late; early++) {
                    Object one = bought.get(early).get("item");
                    Object other = bought.get(late).get("item");
                    Instant time = (Instant) bought.get(late).get("ts");
                    if (!one.equals(other)
                            && Duration.between((Instant) bought.get(early).get("ts"), time)
                                            .compareTo(Duration.ofDays(2))
                                    <= 0) {
                        pairs.add(Map.of("item", one, "other", other, "ts", time));
                        pairs.add(Map.of("item", other, "other", one, "ts", time));
                    }
                }
            }
        }
        List<Map<String, Object>> expected = new ArrayList<>();
        for (long item = 0; item < 8; item++) {
            List<Map<String, Object>> own =
                    NaiveMeasures.within(NaiveMeasures.of(events, "item", item), from, range.until());
            List<Map<String, Object>> ownPairs =
                    NaiveMeasures.within(NaiveMeasures.of(pairs, "item", item), from, range.until());
            if (!own.isEmpty() || !ownPairs.isEmpty()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("item", item);
                row.put("date", LocalDate.of(2024, 2, 25));
                row.put("events", (long) own.size());
                row.put("others", NaiveMeasures.top(NaiveMeasures.values(ownPairs, "other"), 5));
                row.put("pairs", (long) ownPairs.size());
                expected.add(row);
            }
        }
        assertThat(result.rows()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(pairs).as("seed %d", seed).isNotEmpty();
    }

    @Test
    void aRankIsTheShareOfThoseBelow() {
        Schema schema = Schema.of(
                Field.of("item", DataType.INT64),
                Field.of("date", DataType.DATE),
                Field.of("category", DataType.STRING),
                Field.of("price", DataType.FLOAT64));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long item = 0; item < 60; item++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("item", item);
            row.put("date", LocalDate.of(2024, 1, 1 + random.nextInt(2)));
            row.put("category", random.nextInt(6) == 0 ? null : "c" + random.nextInt(4));
            row.put("price", random.nextInt(5) == 0 ? null : (Object) (double) random.nextInt(6));
            rows.add(row);
        }
        RankStep step = new RankStep("place", new Ranking("price", List.of("category")), List.of("date"));
        List<Map<String, Object>> expected = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            List<Double> others = rows.stream()
                    .filter(other -> Objects.equals(other.get("category"), row.get("category"))
                            && other.get("date").equals(row.get("date"))
                            && other.get("price") != null)
                    .map(other -> (Double) other.get("price"))
                    .toList();
            Map<String, Object> ranked = new LinkedHashMap<>(row);
            Double price = (Double) row.get("price");
            ranked.put(
                    "place",
                    price == null
                            ? null
                            : others.size() == 1
                                    ? (Double) 0.0
                                    : (Double) ((double) others.stream()
                                                    .filter(other -> other < price)
                                                    .count()
                                            / (others.size() - 1)));
            expected.add(ranked);
        }
        assertThat(new Run(random).of(step, schema, rows).rows())
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void sessionsAreThoseThatEndInTheRange() {
        FeatureView view = Views.view(
                """
                features: visits
                entity: user
                events: {time: ts, tie_break: [id]}
                sessions: {gap: 30m, max: 12h}
                measures: {events: count(*), items: "last(item, 2)"}
                """);
        Instant start = Instant.parse("2024-02-20T00:00:00Z");
        List<Map<String, Object>> events = new ArrayList<>();
        for (int minute : new int[] {0, 10, 39, 69, 200, 1_430, 1_445}) {
            Map<String, Object> event = new LinkedHashMap<>();
            RandomEvents.SCHEMA.names().forEach(name -> event.put(name, null));
            event.putAll(
                    Map.of("user", 1L, "item", (long) minute, "ts", start.plus(Duration.ofMinutes(minute)), "id", 1L));
            events.add(event);
        }
        AsOfRange range = AsOfRange.between(view, start, start.plus(Duration.ofDays(1)));
        Run.Result result = new Run(random).of(new FeatureStep(view, range), RandomEvents.SCHEMA, events);
        assertThat(result.rows())
                .extracting(
                        row -> Duration.between(start, (Instant) row.get("session_start"))
                                .toMinutes(),
                        row -> Duration.between(start, (Instant) row.get("session_end"))
                                .toMinutes(),
                        row -> row.get("events"),
                        row -> row.get("items"))
                .containsExactlyInAnyOrder(
                        tuple(0L, 69L, 3L, List.of(10L, 39L)),
                        tuple(69L, 99L, 1L, List.of(69L)),
                        tuple(200L, 230L, 1L, List.of(200L)));
    }
}
