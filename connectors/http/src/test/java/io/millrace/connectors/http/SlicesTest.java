package io.millrace.connectors.http;

import static io.millrace.connectors.http.ApiUnderTest.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.InvalidSetting;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.sandbox.ApiRequest;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.extractor.RecordedRejects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows in slices: records a minute apart, from {@code DAY} on. */
class SlicesTest {
    private static final TimeParameter SINCE = new TimeParameter("since", "iso");
    private static final TimeParameter BEFORE = new TimeParameter("before", "iso");

    private final ScriptedApi api = ScriptedApi.start().add(ApiUnderTest.records(0, 250));

    @AfterEach
    void close() {
        api.close();
    }

    private ApiUnderTest source(Duration length, Duration margin) {
        ApiUnderTest source = new ApiUnderTest(api.url("/cursor")).byCursor();
        source.slices = Optional.of(new Slices(SINCE, BEFORE, length, margin));
        return source;
    }

    private static List<Split> splits(Extractor extractor, TimeWindow window) {
        List<Split> splits = new ArrayList<>();
        extractor.plan(ExtractRequest.of(Optional.of(window), 1_000)).splits().forEachRemaining(splits::add);
        return splits;
    }

    private static TimeWindow minutes(long from, long to) {
        return TimeWindow.between(DAY.plusSeconds(60 * from), DAY.plusSeconds(60 * to))
                .orElseThrow();
    }

    @Test
    void eachSliceIsASplitThatAsksForItsPartOnly() {
        try (Extractor extractor = source(Duration.ofHours(1), Duration.ZERO).extractor()) {
            List<Split> splits = splits(extractor, minutes(30, 200));
            assertThat(splits)
                    .extracting(Split::id)
                    .containsExactly("slice-20240101T003000Z", "slice-20240101T013000Z", "slice-20240101T023000Z");
            // One is enough for another process to go on with the second.
            Split second = splits.get(1);
            assertThat(ApiUnderTest.ids(extractor, second, Optional.empty(), new RecordedRejects()))
                    .isEqualTo(LongStream.range(90, 150).boxed().toList());
        }
        assertThat(api.requests()).hasSize(1).extracting(ApiRequest::parameters).allSatisfy(asked -> assertThat(asked)
                .containsEntry("since", "2024-01-01T01:30:00Z")
                .containsEntry("before", "2024-01-01T02:30:00Z"));
    }

    @Test
    void everyRowIsInOneSliceWhateverTheWindowTheLengthAndTheMargin() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            Instant start = DAY.plusMillis(random.nextInt(7_000_000)).plusNanos(random.nextInt(2_000_000));
            Instant end = start.plusMillis(1 + random.nextInt(8_000_000)).plusNanos(random.nextInt(2_000_000));
            ApiUnderTest source = source(
                    Duration.ofSeconds(600 + random.nextInt(7_200)).plusNanos(random.nextInt(1_000_000)),
                    Duration.ofSeconds(random.nextInt(2) * random.nextInt(500)));
            List<Long> ids = new ArrayList<>();
            RecordedRejects rejects = new RecordedRejects();
            try (Extractor extractor = source.extractor()) {
                for (Split split : splits(extractor, new TimeWindow(Optional.of(start), Optional.of(end)))) {
                    ids.addAll(ApiUnderTest.ids(extractor, split, Optional.empty(), rejects));
                }
            }
            assertThat(ids)
                    .as("seed %d, number %d: %s to %s by %s", seed, i, start, end, source.slices)
                    .isEqualTo(LongStream.range(0, 250)
                            .filter(id -> !DAY.plusSeconds(60 * id).isBefore(start))
                            .filter(id -> DAY.plusSeconds(60 * id).isBefore(end))
                            .boxed()
                            .toList());
            assertThat(rejects.filtered()).isZero();
        }
    }

    @Test
    void aBoundThatTheFormatCannotSayIsRoundedOutwards() {
        Slices days = new Slices(
                new TimeParameter("from", "yyyy-MM-dd"),
                new TimeParameter("to", "yyyy-MM-dd"),
                Duration.ofHours(6),
                Duration.ZERO);
        Slice evening = new Slice(DAY.plusSeconds(18 * 3_600), Optional.of(DAY.plusSeconds(24 * 3_600)));
        assertThat(days.parameters(evening)).isEqualTo(Map.of("from", "2024-01-01", "to", "2024-01-02"));
        Slice noon = new Slice(DAY.plusSeconds(6 * 3_600), Optional.of(DAY.plusSeconds(12 * 3_600)));
        assertThat(days.parameters(noon)).isEqualTo(Map.of("from", "2024-01-01", "to", "2024-01-02"));

        Slices seconds = new Slices(
                new TimeParameter("from", "seconds"),
                new TimeParameter("to", "seconds"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
        Slice fraction = new Slice(Instant.ofEpochSecond(100, 5), Optional.of(Instant.ofEpochSecond(160, 5)));
        assertThat(seconds.parameters(fraction)).isEqualTo(Map.of("from", "98", "to", "163"));
        assertThat(BEFORE.writeUp(Instant.parse("2024-01-01T00:00:00.0000001Z")))
                .isEqualTo("2024-01-01T00:00:00.001Z");
    }

    @Test
    void withoutAnEndTheLastSliceHoldsEverythingFromThePlanOn() {
        ApiUnderTest source = source(Duration.ofHours(1), Duration.ZERO);
        source.clock = Clock.fixed(DAY.plus(Duration.ofMinutes(150)), ZoneOffset.UTC);
        List<Long> ids = new ArrayList<>();
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = splits(extractor, new TimeWindow(Optional.of(DAY), Optional.empty()));
            assertThat(splits).hasSize(3);
            splits.forEach(
                    split -> ids.addAll(ApiUnderTest.ids(extractor, split, Optional.empty(), new RecordedRejects())));
        }
        assertThat(ids).isEqualTo(LongStream.range(0, 250).boxed().toList());
    }

    @Test
    void withoutAStartThereIsOneSplitAndAPlanMadeAgainHasTheSameSlices() {
        ApiUnderTest source = source(Duration.ofHours(1), Duration.ZERO);
        source.clock = Clock.fixed(DAY.plus(Duration.ofMinutes(150)), ZoneOffset.UTC);
        TimeWindow since = new TimeWindow(Optional.of(DAY), Optional.empty());
        String pin;
        try (Extractor extractor = source.extractor()) {
            assertThat(splits(extractor, new TimeWindow(Optional.empty(), Optional.of(DAY.plusSeconds(60)))))
                    .extracting(Split::id)
                    .containsExactly("pages");
            Plan everything = extractor.plan(ExtractRequest.everything(1_000));
            assertThat(everything.splits().next().id()).isEqualTo("pages");
            pin = extractor.plan(ExtractRequest.of(Optional.of(since), 1_000)).pin();
        }
        source.clock = Clock.systemUTC();
        try (Extractor extractor = source.extractor()) {
            ExtractRequest again = new ExtractRequest(Optional.of(since), Optional.empty(), Optional.of(pin), 1_000);
            List<Split> splits = new ArrayList<>();
            extractor.plan(again).splits().forEachRemaining(splits::add);
            assertThat(splits).hasSize(3);
        }
    }

    @Test
    void theBoundOfAPlanGivesWayToTheEndOfASlice() {
        ApiUnderTest source = source(Duration.ofHours(1), Duration.ZERO);
        source.bound = Optional.of(BEFORE);
        source.clock = Clock.fixed(DAY.plus(Duration.ofMinutes(100)), ZoneOffset.UTC);
        try (Extractor extractor = source.extractor()) {
            List<Split> splits = splits(extractor, new TimeWindow(Optional.of(DAY), Optional.empty()));
            splits.forEach(split -> ApiUnderTest.ids(extractor, split, Optional.empty(), new RecordedRejects()));
        }
        assertThat(api.requests())
                .extracting(asked -> asked.parameters().get("before"))
                .containsExactly("2024-01-01T01:00:00Z", "2024-01-01T01:40:00Z");
    }

    @Test
    void refusesWhatCannotWork() {
        refused("length", () -> new Slices(SINCE, BEFORE, Duration.ofMillis(999), Duration.ZERO));
        refused("margin", () -> new Slices(SINCE, BEFORE, Duration.ofDays(1), Duration.ofSeconds(-1)));
        refused("end.param", () -> new Slices(SINCE, SINCE, Duration.ofDays(1), Duration.ZERO));
        TimeParameter months = new TimeParameter("month", "yyyy-MM");
        refused("start.format", () -> new Slices(months, BEFORE, Duration.ofDays(1), Duration.ZERO));
        refused("end.format", () -> new Slices(SINCE, months, Duration.ofDays(1), Duration.ZERO));
        ApiUnderTest source = source(Duration.ofDays(1), Duration.ZERO);
        source.params = Map.of("before", "now");
        refused("params.before", source::settings);

        ApiUnderTest fine = source(Duration.ofSeconds(1), Duration.ZERO);
        try (Extractor extractor = fine.extractor()) {
            assertThatThrownBy(() -> splits(extractor, minutes(0, 200)))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("more than 10000 slices of 1 s; make slices.length greater");
        }
    }

    private static void refused(String key, Runnable made) {
        assertThatThrownBy(made::run).isInstanceOfSatisfying(InvalidSetting.class, invalid -> assertThat(invalid.key())
                .isEqualTo(key));
    }
}
