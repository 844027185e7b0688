package io.millrace.features.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.RowVersion;
import io.millrace.api.data.Batch;
import io.millrace.api.data.Timestamps;
import io.millrace.features.AsOfRange;
import io.millrace.features.FeatureView;
import io.millrace.features.TileGrid;
import io.millrace.features.Views;
import io.millrace.features.stream.FeatureStore;
import io.millrace.features.stream.FeatureTiles;
import io.millrace.features.stream.StreamedFeatures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stream gives out is at any moment what a batch run makes of the same events as of the same time: events out of order,
 * repeated and late, and a stream that goes on from an earlier state.
 */
class StreamedFeaturesTest {
    private static final Duration OUT_OF_ORDER = Duration.ofHours(2);
    private static final Duration LATENESS = Duration.ofHours(20);
    private static final Instant FIRST = Instant.parse("2024-03-06T00:00:00Z");
    private static final List<String> VERSION =
            RowVersion.fields().stream().map(field -> field.name()).toList();

    private static final String MEASURES =
            """
            measures:
              events: count(*)
              views: {measure: "count(*) FILTER (WHERE kind = 'view')", window: 3d}
              items: {measure: count(DISTINCT item), window: 2d}
              spent: {measure: sum(price), window: 3d}
              spread: {measure: stddev_pop(price), window: 2d}
              recent: {measure: "last(item, 3)", window: 3d}
              kinds: {measure: "top(kind, 2)", window: 3d}
              mix: {measure: entropy(category), window: 3d}
              median: {measure: "approx_quantile(price, 0.5)", window: 3d}
              sessions: {measure: "session_count(ts, 1800)", window: 3d}
            """;
    private static final String FADING = "  faded: {measure: count(*), window: 3d, half_life: HALF}\n";

    private final long seed = Long.getLong("millrace.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    /** An engine's state, in memory: what is kept, and who is to be reminded of when. */
    private record Kept(Map<String, byte[]> bytes, TreeMap<Long, Set<String>> reminders) implements FeatureStore {
        Kept() {
            this(new HashMap<>(), new TreeMap<>());
        }

        Kept copy() {
            TreeMap<Long, Set<String>> copied = new TreeMap<>();
            reminders.forEach((moment, entities) -> copied.put(moment, new LinkedHashSet<>(entities)));
            return new Kept(new HashMap<>(bytes), copied);
        }

        @Override
        public byte[] get(String entity, String name) {
            return bytes.get(entity + name);
        }

        @Override
        public void put(String entity, String name, byte[] value) {
            bytes.put(entity + name, value);
        }

        @Override
        public void remove(String entity, String name) {
            bytes.remove(entity + name);
        }

        @Override
        public void remind(String entity, long moment) {
            reminders.computeIfAbsent(moment, first -> new LinkedHashSet<>()).add(entity);
        }
    }

    /** What readers see: the newest values of each user. */
    private static final class Visible {
        private final Map<Long, Map<String, Object>> byUser = new TreeMap<>();

        void take(Batch values) {
            for (Map<String, Object> row : values.records()) {
                byUser.merge(
                        (Long) row.get("user"),
                        row,
                        (held, next) -> version(held).compareTo(version(next)) > 0 ? held : next);
            }
        }

        private static String version(Map<String, Object> row) {
            return String.format("%020d-%010d", micros(row), (Long) row.get(RowVersion.REVISION));
        }

        private static long micros(Map<String, Object> row) {
            return Timestamps.toMicros((Instant) row.get(RowVersion.MOMENT));
        }
    }

    /** One stream over time. */
    private final class Stream {
        private final StreamedFeatures step;
        private final TileGrid grid;
        private final Visible visible = new Visible();
        private final Run.Counted rejects = new Run.Counted();
        private Kept kept = new Kept();
        private FeatureTiles tiles;
        private long clock = Long.MIN_VALUE;
        private int corrections;

        Stream(FeatureView view) {
            step = new StreamedFeatures(view, Duration.ofSeconds(1), LATENESS);
            grid = TileGrid.of(view.grain());
            begin(kept);
        }

        void begin(Kept from) {
            kept = from;
            tiles = step.bind(RandomEvents.SCHEMA).tiles(kept);
        }

        FeatureTiles.Taken add(List<Map<String, Object>> events) {
            FeatureTiles.Taken taken = tiles.add(Batch.ofRecords(RandomEvents.SCHEMA, events), clock, rejects);
            corrections += taken.corrections();
            return taken;
        }

        void flush() {
            tiles.flush(clock, 0, visible::take, rejects);
        }

        void goOn(long to) {
            if (to <= clock) {
                return;
            }
            if (random.nextBoolean()) {
                flush();
            }
            clock = to;
            while (!kept.reminders.isEmpty() && kept.reminders.firstKey() <= clock) {
                tiles.due(kept.reminders.pollFirstEntry().getValue(), clock, 0, visible::take, rejects);
            }
        }

        /** Compares what is visible with what a batch run makes of these events. */
        void compare(FeatureView view, List<Map<String, Object>> counted) {
            long closed = grid.tile(clock) - 1;
            Map<Long, List<Map<String, Object>>> byTile = visible.byUser.values().stream()
                    .filter(row -> row.get(RowVersion.ENDS) == null)
                    .collect(Collectors.groupingBy(
                            row -> Math.max(closed, grid.tile(Visible.micros(row) - 1)),
                            TreeMap::new,
                            Collectors.toList()));
            assertThat(byTile.keySet()).as("seed %d", seed).allMatch(tile -> tile >= closed);
            byTile.computeIfAbsent(closed, none -> new ArrayList<>());
            Set<Object> open = byTile.entrySet().stream()
                    .filter(entry -> entry.getKey() > closed)
                    .flatMap(entry -> entry.getValue().stream())
                    .map(row -> row.get("user"))
                    .collect(Collectors.toSet());
            byTile.forEach((tile, rows) -> {
                AsOfRange range = AsOfRange.asOf(view, Timestamps.toInstant(grid.end(tile)));
                List<Map<String, Object>> expected = new Run(random)
                        .of(new FeatureStep(view, range), RandomEvents.SCHEMA, counted)
                        .rows();
                Set<Object> users = rows.stream().map(row -> row.get("user")).collect(Collectors.toSet());
                assertThat(plain(rows))
                        .as("seed %d, as of %s, clock %s", seed, range.until(), Timestamps.toInstant(clock))
                        .isEqualTo(plain(expected.stream()
                                .filter(row -> tile == closed
                                        ? !open.contains(row.get("user"))
                                        : users.contains(row.get("user")))
                                .toList()));
            });
        }

        private List<Map<String, Object>> plain(List<Map<String, Object>> rows) {
            return rows.stream()
                    .map(row -> {
                        Map<String, Object> plain = new LinkedHashMap<>(row);
                        VERSION.forEach(plain::remove);
                        step.view().grainColumns().forEach(plain::remove);
                        return plain;
                    })
                    .sorted(Comparator.comparing(row -> (Long) row.get("user")))
                    .toList();
        }
    }

    private record Arrival(Instant at, Map<String, Object> event) {}

    private List<Arrival> arrivals() {
        List<Instant> borders = new ArrayList<>();
        for (int hop = 0; hop < 40; hop++) {
            borders.add(FIRST.plus(Duration.ofHours(6L * hop)));
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (Map<String, Object> event : RandomEvents.make(random, 400, FIRST, borders)) {
            Instant time = event.get("ts") == null ? FIRST : (Instant) event.get("ts");
            long minutes = random.nextInt(12) == 0 ? random.nextInt(40 * 60) : random.nextInt(119);
            arrivals.add(new Arrival(time.plus(Duration.ofMinutes(minutes)), event));
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return arrivals;
    }

    private static boolean isLate(Map<String, Object> event, long clock) {
        return event.get("ts") != null
                && clock != Long.MIN_VALUE
                && Timestamps.toMicros((Instant) event.get("ts")) < clock - LATENESS.toNanos() / 1_000;
    }

    @ParameterizedTest
    @CsvSource({
        "'hop: 6h', UTC, 12h",
        "'hop: 6h', America/New_York, ",
        "'per: day', America/New_York, 2d",
        "'per: day', Asia/Shanghai, "
    })
    void equalsTheBatchRunAtAnyTime(String grain, String zone, String halfLife) {
        FeatureView view =
                Views.view("features: live\nentity: user\nevents: {time: ts, tie_break: [id]}\nzone: \"" + zone
                        + "\"\n" + grain + "\n" + MEASURES
                        + (halfLife == null ? "" : FADING.replace("HALF", halfLife)));
        Stream stream = new Stream(view);
        List<Map<String, Object>> counted = new ArrayList<>();
        Kept saved = stream.kept.copy();
        long savedClock = stream.clock;
        List<List<Map<String, Object>>> since = new ArrayList<>();
        List<Map<String, Object>> countedThen = List.of();
        List<Arrival> arrivals = arrivals();
        int late = 0;
        for (int from = 0; from < arrivals.size(); ) {
            int to = Math.min(arrivals.size(), from + 1 + random.nextInt(20));
            List<Map<String, Object>> events =
                    arrivals.subList(from, to).stream().map(Arrival::event).toList();
            Instant behind = arrivals.get(to - 1).at().minus(OUT_OF_ORDER);
            long before = stream.clock;
            FeatureTiles.Taken taken = stream.add(events);
            late += taken.late();
            events.stream().filter(event -> !isLate(event, before)).forEach(counted::add);
            since.add(events);
            if (random.nextInt(3) == 0) {
                stream.flush();
            }
            if (random.nextInt(3) == 0) {
                stream.goOn(Timestamps.toMicros(behind));
                stream.flush();
                stream.compare(view, counted);
            }
            if (random.nextInt(8) == 0) {
                stream.flush();
                saved = stream.kept.copy();
                savedClock = stream.clock;
                since.clear();
                countedThen = new ArrayList<>(counted);
            } else if (random.nextInt(12) == 0) {
                // As after a crash: an older state, and what was read since is read again. Nothing goes back meanwhile.
                Map<Long, Map<String, Object>> seen = new TreeMap<>(stream.visible.byUser);
                long clock = stream.clock;
                stream.clock = savedClock;
                stream.begin(saved.copy());
                // Event time begins earlier too, so that what was late then may count now.
                counted = new ArrayList<>(countedThen);
                for (List<Map<String, Object>> again : since) {
                    stream.tiles.add(Batch.ofRecords(RandomEvents.SCHEMA, again), stream.clock, stream.rejects);
                    again.stream().filter(event -> !isLate(event, stream.clock)).forEach(counted::add);
                    stream.flush();
                    seen.forEach((user, row) -> assertThat(Visible.version(stream.visible.byUser.get(user)))
                            .as("seed %d", seed)
                            .isGreaterThanOrEqualTo(Visible.version(row)));
                }
                stream.goOn(clock);
            }
            from = to;
        }
        stream.goOn(Timestamps.toMicros(arrivals.get(arrivals.size() - 1).at()));
        stream.compare(view, counted);
        assertThat(stream.visible.byUser).isNotEmpty();
        assertThat(late).as("seed %d", seed).isPositive();
        assertThat(stream.corrections).as("seed %d", seed).isPositive();
        // All windows are empty: values of no events, which end, and nothing is kept.
        stream.goOn(stream.clock + Duration.ofDays(5).toNanos() / 1_000);
        assertThat(stream.kept.bytes()).as("seed %d", seed).isEmpty();
        assertThat(stream.visible.byUser.values()).as("seed %d", seed).allSatisfy(row -> {
            assertThat(row.get("events")).isEqualTo(0L);
            assertThat(row.get("recent")).isEqualTo(List.of());
            assertThat(row.get("spent")).isNull();
            assertThat(row.get(RowVersion.ENDS)).isNotNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "per: day\nrank: {place: {of: events}}",
                "per: day\npairs: {of: user, by: item, where: \"kind = 'view'\", within: 1d, as: other}",
                "sessions: {gap: 30m}"
            })
    void whatCannotBeDoneWithoutEndIsRefused(String keys) {
        FeatureView view = Views.view(
                "features: live\nentity: user\nevents: {time: ts}\n" + keys + "\nmeasures: {events: count(*)}\n");

        assertThatThrownBy(() -> new StreamedFeatures(view, Duration.ofSeconds(1), LATENESS))
                .hasMessageStartingWith(keys.split("[\n:]")[keys.startsWith("sessions") ? 0 : 2])
                .hasMessageContaining("millrace features");
    }
}
