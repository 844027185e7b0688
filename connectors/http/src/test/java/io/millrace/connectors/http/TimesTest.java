package io.millrace.connectors.http;

import static io.millrace.connectors.http.ApiUnderTest.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.Plan;
import io.millrace.api.Split;
import io.millrace.api.TimeWindow;
import io.millrace.api.data.DataType;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.sandbox.ApiRequest;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.extractor.RecordedRejects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows, increments, upper bounds and inferred columns. */
class TimesTest {
    private final ScriptedApi api = ScriptedApi.start().add(ApiUnderTest.records(0, 250));

    @AfterEach
    void close() {
        api.close();
    }

    private ApiUnderTest source() {
        return new ApiUnderTest(api.url("/cursor")).byCursor();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static ExtractRequest window(Instant start, Instant end) {
        return ExtractRequest.of(TimeWindow.between(start, end), 100);
    }

    @Test
    void windowsAreExactWhateverTheApiDelivers() {
        RecordedRejects rejects = new RecordedRejects();
        assertThat(source().ids(window(DAY.plusSeconds(600), DAY.plusSeconds(1_200)), rejects))
                .isEqualTo(range(10, 20));
        assertThat(source().ids(window(DAY.plusNanos(600_000_000_001L), DAY.plusNanos(1_200_000_000_001L)), rejects))
                .isEqualTo(range(11, 21));
        assertThat(rejects.filtered()).isZero();
        assertThat(rejects.all()).isEmpty();
    }

    @Test
    void rowsWithoutATimeAreInNoWindowAndCounted() {
        api.answer(
                "/some",
                "[{\"id\":1,\"created_at\":\"2024-01-01T00:00:00Z\"},{\"id\":2},{\"id\":\"bad\"},"
                        + "{\"id\":3,\"created_at\":\"2024-01-02T00:00:00Z\"},"
                        + "{\"id\":\"later\",\"created_at\":\"2024-01-02T00:00:00Z\"},"
                        + "{\"id\":\"within\",\"created_at\":\"2024-01-01T00:00:00Z\"},"
                        + "{\"id\":4,\"created_at\":\"2024-01-01T12:00:00Z\"}]");
        ApiUnderTest source = new ApiUnderTest(api.url("/some"));
        RecordedRejects rejects = new RecordedRejects();
        try (Extractor extractor = source.extractor()) {
            Split split = extractor
                    .plan(window(DAY, DAY.plus(Duration.ofDays(1))))
                    .splits()
                    .next();
            assertThat(ApiUnderTest.ids(extractor, split, Optional.empty(), rejects))
                    .containsExactly(1L, 4L);
            assertThat(extractor.notices()).singleElement().asString().startsWith("1 rows have no created_at");
        }
        assertThat(rejects.filtered()).isEqualTo(1);
        assertThat(rejects.all()).extracting(RecordedRejects.Reject::ordinal).containsExactly(2L, 3L);
    }

    @Test
    void datesBeginAtMidnight() {
        api.answer(
                "/days",
                "[{\"id\":1,\"day\":\"2023-12-31\"},{\"id\":2,\"day\":\"2024-01-01\"},{\"id\":3,\"day\":\"2024-01-02\"}]");
        ApiUnderTest source = new ApiUnderTest(api.url("/days"));
        source.schema = Map.of("id", JsonFieldSettings.of(DataType.INT64), "day", JsonFieldSettings.of(DataType.DATE));
        source.timeColumn = Optional.of("day");
        assertThat(source.ids(window(DAY, DAY.plus(Duration.ofDays(1))), new RecordedRejects()))
                .containsExactly(2L);
        assertThat(source.ids(window(DAY.plusSeconds(1), null), new RecordedRejects()))
                .containsExactly(3L);
    }

    @Test
    void timeColumnsMustBeTimes() {
        ApiUnderTest source = source();
        source.timeColumn = Optional.of("id");
        try (Extractor extractor = source.extractor()) {
            assertThatThrownBy(extractor::timeColumn)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("the time column 'id' is int64; declare it under schema as a timestamp");
        }
        source.timeColumn = Optional.empty();
        source.schema = Map.of("created_at", JsonFieldSettings.of(DataType.STRING));
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.timeColumn()).isEmpty();
            assertThatThrownBy(() -> extractor.plan(window(DAY, null))).hasMessageContaining("has none");
        }
    }

    @Test
    void incrementsAskForWhatCameSinceThePlanBefore() {
        ApiUnderTest source = source();
        source.incremental = Optional.of(new Incremental(new TimeParameter("since", "iso"), Duration.ofMinutes(10)));
        source.bound = Optional.of(new TimeParameter("before", "iso"));
        source.clock = Clock.fixed(DAY.plus(Duration.ofMinutes(100)), ZoneOffset.UTC);
        Optional<String> position;
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.incremental()).isTrue();
            Plan plan = extractor.plan(ExtractRequest.everything(1_000));
            position = plan.nextPosition();
            assertThat(ApiUnderTest.ids(extractor, plan.splits().next(), Optional.empty(), new RecordedRejects()))
                    .isEqualTo(range(0, 100));
        }
        source.clock = Clock.fixed(DAY.plus(Duration.ofMinutes(200)), ZoneOffset.UTC);
        ExtractRequest next = new ExtractRequest(Optional.empty(), position, Optional.empty(), 1_000);
        assertThat(source.ids(next, new RecordedRejects())).isEqualTo(range(90, 200));
        ApiRequest first = api.requests().stream()
                .filter(request -> request.parameters().containsKey("since"))
                .findFirst()
                .orElseThrow();
        assertThat(first.parameters())
                .containsEntry("since", "2024-01-01T01:30:00Z")
                .containsEntry("before", "2024-01-01T03:20:00Z");
        // A window asks by itself, and moves nothing.
        ExtractRequest windowed =
                new ExtractRequest(TimeWindow.between(DAY, DAY.plusSeconds(300)), position, Optional.empty(), 1_000);
        assertThat(source.ids(windowed, new RecordedRejects())).isEqualTo(range(0, 5));
    }

    @Test
    void aPlanMadeAgainKeepsItsBound() {
        ApiUnderTest source = source();
        source.bound = Optional.of(new TimeParameter("before", "iso"));
        source.clock = Clock.fixed(DAY.plus(Duration.ofMinutes(100)), ZoneOffset.UTC);
        String pin;
        try (Extractor extractor = source.extractor()) {
            pin = extractor.plan(ExtractRequest.everything(10)).pin();
        }
        source.clock = Clock.systemUTC();
        ExtractRequest again = new ExtractRequest(Optional.empty(), Optional.empty(), Optional.of(pin), 1_000);
        assertThat(source.ids(again, new RecordedRejects())).isEqualTo(range(0, 100));
    }

    @Test
    void timesAreWrittenAsTheApiWantsThem() {
        Instant time = Instant.parse("2024-01-31T08:30:15.123456Z");
        assertThat(new TimeParameter("p", "iso").write(time)).isEqualTo("2024-01-31T08:30:15.123Z");
        assertThat(new TimeParameter("p", "seconds").write(time)).isEqualTo("1706689815");
        assertThat(new TimeParameter("p", "milliseconds").write(time)).isEqualTo("1706689815123");
        assertThat(new TimeParameter("p", "yyyy-MM-dd HH").write(time)).isEqualTo("2024-01-31 08");
    }

    @Test
    void aResumedRunKeepsTheColumnsThatWereInferred() {
        api.answer("/changing", "[{\"id\":1,\"name\":\"a\"}]");
        ApiUnderTest source = new ApiUnderTest(api.url("/changing"));
        source.schema = Map.of();
        String pin;
        try (Extractor planned = source.extractor()) {
            pin = planned.plan(ExtractRequest.everything(10)).pin();
        }
        api.answer("/changing", "[{\"id\":\"b\",\"more\":true}]");
        try (Extractor resumed = source.extractor()) {
            resumed.resume(pin);
            assertThat(resumed.schema().toString()).isEqualTo("(id int64, name string)");
        }
        try (Extractor anew = source.extractor()) {
            assertThat(anew.schema().toString()).isEqualTo("(id string, more boolean)");
        }
    }

    @Test
    void columnsAreInferredFromTheFirstPage() {
        ApiUnderTest source = source();
        source.schema = Map.of();
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.schema().toString()).isEqualTo("(id int64, created_at string)");
        }
        assertThat(source.ids()).isEqualTo(range(0, 250));
        api.answer("/none", "{\"data\":{\"items\":[]},\"next\":null}");
        source.url = api.url("/none");
        try (Extractor extractor = source.extractor()) {
            assertThatThrownBy(extractor::schema)
                    .hasMessageContaining("holds no record from which columns could be inferred; declare them");
        }
    }
}
