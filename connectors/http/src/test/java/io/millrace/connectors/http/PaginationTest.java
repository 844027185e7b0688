package io.millrace.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ByteSize;
import io.millrace.api.ErrorKind;
import io.millrace.sandbox.ApiRequest;
import io.millrace.sandbox.ScriptedApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaginationTest {
    private final ScriptedApi api = ScriptedApi.start().add(ApiUnderTest.records(0, 250));
    private static final List<Long> ALL = LongStream.range(0, 250).boxed().toList();

    @AfterEach
    void close() {
        api.close();
    }

    private ApiUnderTest at(String path) {
        return new ApiUnderTest(api.url(path));
    }

    private List<String> targets() {
        return api.requests().stream().map(ApiRequest::target).toList();
    }

    @Test
    void withoutPaginationOneAnswerHoldsEverything() {
        assertThat(at("/all").ids()).isEqualTo(ALL);
        assertThat(targets()).containsExactly("/all");
    }

    @Test
    void countsPagesUntilOneIsEmpty() {
        ApiUnderTest source = at("/page").by(new Page("page", 1, Optional.empty()));
        assertThat(source.ids()).isEqualTo(ALL);
        assertThat(targets()).containsExactly("/page?page=1", "/page?page=2", "/page?page=3", "/page?page=4");
    }

    @Test
    void aShortPageIsTheLastWhereItsSizeIsDeclared() {
        ApiUnderTest source = at("/page").by(new Page("page", 1, Optional.of(100)));
        assertThat(source.ids()).isEqualTo(ALL);
        assertThat(targets()).hasSize(3);
    }

    @Test
    void countsTheRecordsThatCameWhateverWasAskedFor() {
        ApiUnderTest source = at("/offset").by(new Offset("offset", Optional.empty()));
        source.params = Map.of("limit", "99", "a name", "ü&=+ ");
        assertThat(source.ids()).isEqualTo(ALL);
        assertThat(api.requests())
                .extracting(request -> request.parameters().get("offset"))
                .containsExactly("0", "99", "198", "250");
        assertThat(api.requests())
                .allSatisfy(request -> assertThat(request.parameters()).containsEntry("a name", "ü&=+ "));
    }

    @Test
    void aDeclaredSizeThatIsWrongIsAnError() {
        ApiUnderTest source = at("/offset").by(new Offset("offset", Optional.of(50)));
        assertThat(source.failure())
                .hasMessageContaining("holds 100 records, more than pagination says (size: 50)")
                .hasMessageContaining("(page 1, attempt 1 of 3)");
    }

    @Test
    void followsCursors() {
        ApiUnderTest source = at("/cursor").byCursor();
        source.params = Map.of("limit", "50");
        assertThat(source.ids()).isEqualTo(ALL);
        assertThat(targets())
                .containsExactly(
                        "/cursor?limit=50",
                        "/cursor?limit=50&cursor=c50",
                        "/cursor?limit=50&cursor=c100",
                        "/cursor?limit=50&cursor=c150",
                        "/cursor?limit=50&cursor=c200");
    }

    @Test
    void followsLinkHeaders() {
        assertThat(at("/link").by(new LinkHeader(true)).ids()).isEqualTo(ALL);
        assertThat(targets()).containsExactly("/link", "/link?after=100", "/link?after=200");
    }

    @Test
    void followsUrlsInAnswers() {
        ApiUnderTest source = at("/next?limit=120").by(new NextUrl("links.next"));
        source.records = Optional.of("items");
        assertThat(source.ids()).isEqualTo(ALL);
        assertThat(targets())
                .containsExactly("/next?limit=120", "/next?limit=120&after=120", "/next?limit=120&after=240");
    }

    @Test
    void emptyPagesInTheMiddleDoNotEndCursors() {
        api.answer("/odd", "{\"data\":{\"items\":[]},\"next\":17}")
                .answer("/odd?cursor=17", "{\"data\":{\"items\":null},\"next\":\"x\"}")
                .answer("/odd?cursor=x", "{\"data\":{\"items\":[{\"id\":5}]},\"next\":\"\"}");
        assertThat(at("/odd").byCursor().ids()).containsExactly(5L);
    }

    @Test
    void circlesOfCursorsAreFoundWhateverTheirLength() {
        api.answer("/loop", "{\"data\":{\"items\":[{\"id\":1}]},\"next\":\"A\"}")
                .answer("/loop?cursor=A", "{\"data\":{\"items\":[{\"id\":2}]},\"next\":\"B\"}")
                .answer("/loop?cursor=B", "{\"data\":{\"items\":[{\"id\":3}]},\"next\":\"A\"}");
        ApiUnderTest source = at("/loop").byCursor();
        assertThat(source.failure())
                .hasMessageContaining("leads in a circle: the next page, cursor 'A', has been read already")
                .hasMessageContaining("(page 3, attempt 1 of 3)")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED));
        assertThat(api.requests()).hasSize(3);
        api.answer("/self", "{\"data\":{\"items\":[{\"id\":1}]},\"next\":\"A\"}")
                .answer("/self?cursor=A", "{\"data\":{\"items\":[]},\"next\":\"A\"}");
        assertThat(at("/self").byCursor().failure()).hasMessageContaining("leads in a circle");
    }

    @Test
    void circlesOfUrlsAreFound() {
        api.answer("/u", "{\"items\":[{\"id\":1}],\"links\":{\"next\":\"/u?p=2\"}}")
                .answer("/u?p=2", "{\"items\":[{\"id\":2}],\"links\":{\"next\":\"" + api.url("/u") + "\"}}");
        ApiUnderTest source = at("/u").by(new NextUrl("links.next"));
        source.records = Optional.of("items");
        assertThat(source.failure()).hasMessageContaining("leads in a circle: the next page, " + api.url("/u"));
    }

    @Test
    void anApiThatDoesNotKnowTheParameterIsFound() {
        ApiUnderTest source = at("/all").by(new Page("seite", 1, Optional.empty()));
        assertThat(source.failure())
                .hasMessageContaining("the same records as the one before; does the API know the parameter 'seite'?");
        assertThat(api.requests()).hasSize(2);
    }

    @Test
    void nextUrlsToOtherOriginsAreNotFollowed() {
        try (ScriptedApi other = ScriptedApi.start()) {
            List<String> targets = List.of(
                    other.url("/x"),
                    "https://127.0.0.1/x",
                    "//127.0.0.1.example.com/x",
                    api.url("/x").replace("http://", "http://user@"),
                    "file:///etc/passwd",
                    "mailto:x");
            for (String target : targets) {
                api.answer("/u", "{\"items\":[],\"links\":{\"next\":\"" + target + "\"}}");
                ApiUnderTest source = at("/u").by(new NextUrl("links.next"));
                source.records = Optional.of("items");
                assertThat(source.failure())
                        .hasMessageContaining("instead of " + api.url("") + ", and was not followed")
                        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED));
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    private static HttpLimits limits(int pages, String response, String total, Duration time) {
        return new HttpLimits(pages, ByteSize.parse(response), ByteSize.parse(total), time, 10);
    }

    @Test
    void limitsEndWhatDoesNotEnd() {
        ApiUnderTest source = at("/cursor").byCursor();
        source.limits = limits(2, "1MB", "1GB", Duration.ofMinutes(1));
        assertThat(source.failure()).hasMessageContaining("goes on beyond limits.pages (2)");
        source.limits = limits(100, "1MB", "8KB", Duration.ofMinutes(1));
        assertThat(source.failure()).hasMessageContaining("the answers exceed limits.total (8KB)");
        source.limits = limits(100, "1KB", "1GB", Duration.ofMinutes(1));
        assertThat(source.failure())
                .hasMessageContaining("longer than 1024 bytes; raise limits.response, or ask for smaller pages");
        source.limits = limits(3, "1MB", "1GB", Duration.ofMinutes(1));
        assertThat(source.ids()).isEqualTo(ALL);
        source.limits = limits(100, "1MB", "1GB", Duration.ofMillis(900));
        source.rateLimit = Optional.of(new RateLimit(1, Duration.ofSeconds(1)));
        assertThat(source.failure()).hasMessageContaining("limits.time");
        api.answer("/deep", "[" + "[".repeat(10) + "]".repeat(10) + "]");
        ApiUnderTest deep = at("/deep");
        deep.limits = limits(100, "1MB", "1GB", Duration.ofMinutes(1));
        assertThat(deep.failure()).hasMessageContaining("nested deeper than 10 levels");
    }

    @Test
    void requestsKeepTheRate() {
        ApiUnderTest source = at("/cursor").byCursor();
        source.params = Map.of("limit", "50");
        source.rateLimit = Optional.of(new RateLimit(10, Duration.ofSeconds(1)));
        long began = System.nanoTime();
        assertThat(source.ids()).isEqualTo(ALL);
        // Five requests, four gaps.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(399));
    }
}
