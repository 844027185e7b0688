package io.millrace.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.MillraceException;
import io.millrace.sandbox.ApiFault;
import io.millrace.sandbox.ApiRequest;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.extractor.RecordedRejects;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way, once or for good. */
class FaultsTest {
    private static final List<Long> ALL = LongStream.range(0, 250).boxed().toList();
    private final ScriptedApi api = ScriptedApi.start().add(ApiUnderTest.records(0, 250));

    @AfterEach
    void close() {
        api.close();
    }

    private ApiUnderTest source() {
        return new ApiUnderTest(api.url("/cursor")).byCursor();
    }

    private void always(ApiFault fault) {
        for (int i = 0; i < 20; i++) {
            api.then(fault);
        }
    }

    @Test
    void passingFaultsAreSurvivedOnAnyPage() {
        List<ApiFault> faults = List.of(
                ApiFault.status(500, "oops"),
                ApiFault.status(502, ""),
                ApiFault.status(503, "", "Retry-After", "0"),
                ApiFault.status(429, "slow down", "Retry-After", "0"),
                ApiFault.status(408, ""),
                ApiFault.cutOff(),
                ApiFault.half(),
                ApiFault.page("<html>Back in a minute</html>"));
        for (ApiFault fault : faults) {
            api.then(fault).thenRight(1).then(fault).then(fault);
            assertThat(source().ids()).isEqualTo(ALL);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408})
    void whatStaysUnavailableIsToldAfterTheLastAttempt(int status) {
        api.thenRight(1);
        always(ApiFault.status(status, "{\"error\":\"not\nnow\"}"));
        MillraceException failure = source().failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure)
                .hasMessage("GET " + api.url("/cursor?cursor=c100") + " (page 2, attempt 3 of 3): the server answered "
                        + status + ": {\"error\":\"not now\"}");
        assertThat(api.requests()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 410, 422})
    void whatTheServerRefusesIsNotAskedAgain(int status) {
        api.then(ApiFault.status(status, "unknown parameter"));
        MillraceException failure = source().failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.USER);
        assertThat(failure)
                .hasMessageContaining("answered " + status + ": unknown parameter; check url, params and pagination");
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void refusalsBehindTheFirstPageAreNotTheUsersTurn() {
        api.thenRight(1).then(ApiFault.status(404, ""));
        assertThat(source().failure().kind()).isEqualTo(ErrorKind.DENIED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void missingRightsAreDenied(int status) {
        api.then(ApiFault.status(status, ""));
        MillraceException failure = source().failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(failure).hasMessageContaining("check auth");
        assertThat(api.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 304, 501, 505})
    void otherAnswersAreErrorsOrEmpty(int status) {
        api.then(ApiFault.status(status, ""));
        if (status == 204) {
            assertThat(source().ids()).isEmpty();
        } else {
            assertThat(source().failure().kind()).isEqualTo(ErrorKind.DENIED);
        }
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        api.then(ApiFault.status(429, "", "Retry-After", "1"));
        long began = System.nanoTime();
        assertThat(source().ids()).isEqualTo(ALL);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void understandsDates() {
        ApiUnderTest source = source();
        source.clock = Clock.fixed(Instant.parse("2024-03-01T10:00:00Z"), ZoneOffset.UTC);
        api.then(ApiFault.status(503, "", "Retry-After", "Fri, 01 Mar 2024 10:00:01 GMT"));
        long began = System.nanoTime();
        assertThat(source.ids()).isEqualTo(ALL);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
        Instant now = source.clock.instant();
        assertThat(RetryAfter.parse("120", now)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse(
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .withLocale(Locale.ROOT)
                                .format(now.minusSeconds(5).atOffset(ZoneOffset.UTC)),
                        now))
                .contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", now)).isEmpty();
        assertThat(RetryAfter.parse("-5", now)).isEmpty();
    }

    @Test
    void waitsBeyondTheTimeLimitAreNotBegun() {
        api.then(ApiFault.status(429, "", "Retry-After", "3600"));
        assertThat(source().failure())
                .hasMessageContaining("answered 429; waiting 3600s as the server asks would exceed limits.time")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
    }

    @Test
    void slowAnswersEndAtTheTimeout() {
        for (ApiFault slow : List.of(ApiFault.drip(), ApiFault.silence())) {
            api.then(slow).then(slow).then(slow);
            ApiUnderTest source = source();
            source.timeout = Duration.ofMillis(300);
            MillraceException failure = source.failure();
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("no complete answer within 300ms (timeout)");
        }
    }

    @Test
    void aSlowAnswerOnceIsSurvived() {
        api.thenRight(1).then(ApiFault.drip());
        ApiUnderTest source = source();
        source.timeout = Duration.ofMillis(700);
        assertThat(source.ids()).isEqualTo(ALL);
    }

    @Test
    void whatIsNoJsonIsShown() {
        always(ApiFault.page("<html>\n<b>Please log in</b></html>"));
        assertThat(source().failure())
                .hasMessageContaining("(page 1, attempt 3 of 3): the answer cannot be read: not JSON (at byte")
                .hasMessageContaining("it is text/html; charset=utf-8, 34 bytes: <html> <b>Please log in</b></html>")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED));
    }

    @Test
    void whatIsCutOffIsNeverTakenForTheWhole() {
        always(ApiFault.half());
        assertThat(source().failure()).hasMessageContaining("not JSON (ends too early)");
    }

    @Test
    void aDroppedConnectionIsUnavailable() {
        always(ApiFault.cutOff());
        MillraceException failure = source().failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("the connection broke off");
    }

    @Test
    void recordsAtAnotherPlaceAreAnError() {
        ApiUnderTest source = source();
        source.records = Optional.of("data.rows");
        assertThat(source.failure())
                .hasMessageContaining("the answer has nothing at data.rows (records): {\"data\":{\"items\":[");
        source.records = Optional.empty();
        assertThat(source.failure()).hasMessageContaining("an object instead of a list of records");
    }

    @Test
    void packedAnswersAreBoundedWhenUnpacked() {
        ApiFault bomb = (exchange, answer, closed) -> {
            byte[] packed = ScriptedApi.packed(new byte[50_000_000]);
            assertThat(packed.length).isLessThan(1 << 20);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.length);
            exchange.getResponseBody().write(packed);
        };
        api.then(bomb);
        assertThat(source().failure()).hasMessageContaining("longer than 1048576 bytes");
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void damagedPackingIsTriedAgain() {
        ApiFault damaged = (exchange, answer, closed) -> {
            byte[] packed = ScriptedApi.packed(answer);
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.length - 10);
            exchange.getResponseBody().write(packed, 0, packed.length - 10);
        };
        ApiFault plain = (exchange, answer, closed) -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        };
        api.then(damaged).then(plain);
        assertThat(source().ids()).isEqualTo(ALL);
        always(damaged);
        assertThat(source().failure()).hasMessageContaining("the packed answer is cut off or damaged");
    }

    @Test
    void anEndlessAnswerIsBrokenOff() {
        ApiFault endless = (exchange, answer, closed) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = "[".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            while (closed.getCount() > 0) {
                exchange.getResponseBody().write(chunk);
            }
        };
        api.then(endless);
        ApiUnderTest source = source();
        source.limits = new HttpLimits(10, ByteSize.parse("100KB"), ByteSize.parse("1GB"), Duration.ofMinutes(1), 100);
        assertThat(source.failure()).hasMessageContaining("longer than 102400 bytes");
    }

    @Test
    void redirectsAreFollowedWithinTheOriginOnly() {
        api.then(ApiFault.redirect(302, "/cursor?limit=60")).then(ApiFault.redirect(308, api.url("/cursor")));
        assertThat(source().ids()).isEqualTo(ALL);
        assertThat(api.requests().stream().limit(3).map(ApiRequest::target))
                .containsExactly("/cursor", "/cursor?limit=60", "/cursor");
        try (ScriptedApi other = ScriptedApi.start()) {
            for (String target : List.of(other.url("/cursor"), "https://127.0.0.1/cursor", "", "javascript:x")) {
                api.then(ApiFault.redirect(307, target));
                MillraceException failure = source().failure();
                assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
                assertThat(failure).hasMessageContaining("is not " + api.url("") + ", and was not followed");
            }
            assertThat(other.requests()).isEmpty();
        }
        always(ApiFault.redirect(302, "/cursor"));
        assertThat(source().failure()).hasMessageContaining("more than 5 redirects");
    }

    @Test
    void badRecordsAreRejectedAndTheOthersStay() {
        api.answer("/some", "[{\"id\":1},{\"id\":\"x\"},7,{\"id\":2,\"created_at\":\"yesterday\"},null,{\"id\":3}]");
        ApiUnderTest source = new ApiUnderTest(api.url("/some"));
        RecordedRejects rejects = new RecordedRejects();
        assertThat(source.ids(ExtractRequest.everything(100), rejects)).containsExactly(1L, null, 3L);
        assertThat(rejects.all())
                .extracting(reject -> reject.ordinal() + " " + reject.column() + ": " + reject.reason())
                .containsExactly(
                        "1 id: not a whole number of 64 bits",
                        "2 null: not an object",
                        "3 created_at: not a timestamp such as 2024-01-31T08:30:00Z");
    }

    @Test
    void headersAreSent() {
        ApiUnderTest source = source();
        source.headers = Map.of("X-Team", "reco", "accept", "application/vnd.api+json");
        source.ids();
        assertThat(api.requests()).allSatisfy(request -> {
            assertThat(request.header("x-team")).contains("reco");
            assertThat(request.headers().get("accept")).containsExactly("application/vnd.api+json");
        });
    }
}
