package io.millrace.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.ByteSize;
import io.millrace.api.Connector;
import io.millrace.api.InvalidSetting;
import io.millrace.api.Secret;
import io.millrace.api.data.DataType;
import io.millrace.formats.json.JsonFieldSettings;
import io.millrace.formats.json.JsonFields;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static void refused(String key, String problem, Consumer<ApiUnderTest> change) {
        ApiUnderTest source = new ApiUnderTest("https://api.example.com/v1/events?a=b");
        change.accept(source);
        assertThatThrownBy(source::settings)
                .isInstanceOfSatisfying(InvalidSetting.class, invalid -> assertThat(invalid.key())
                        .isEqualTo(key))
                .hasMessageContaining(problem);
    }

    private static void refused(String key, String problem, Runnable made) {
        assertThatThrownBy(made::run)
                .isInstanceOfSatisfying(InvalidSetting.class, invalid -> assertThat(invalid.key())
                        .isEqualTo(key))
                .hasMessageContaining(problem);
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(Connector.class))
                .extracting(Connector::name)
                .contains("http");
    }

    @Test
    void refusesWhatCannotWork() {
        refused("url", "begin with http", source -> source.url = "ftp://example.com");
        refused("url", "begin with http", source -> source.url = "example.com/x");
        refused("url", "under auth", source -> source.url = "https://me:pw@example.com/");
        refused("url", "behind #", source -> source.url = "https://example.com/#x");
        refused("url", "is not a URL", source -> source.url = "https://exa mple.com/");
        refused("url", "names no host", source -> source.url = "https:///x");
        refused("headers.authorization", "under auth", source -> source.headers = Map.of("authorization", "x"));
        refused("headers.Host", "by the connector", source -> source.headers = Map.of("Host", "x"));
        refused("headers.a b", "not the name", source -> source.headers = Map.of("a b", "x"));
        refused("headers.X", "on one line", source -> source.headers = Map.of("X", "a\r\nb: c"));
        refused("records", "has an empty name", source -> source.records = Optional.of("a..b"));
        refused("timeout", "more than zero", source -> source.timeout = Duration.ZERO);
        refused("time_column", "not in schema", source -> source.timeColumn = Optional.of("ts"));
        refused("params.cursor", "another setting", source -> {
            source.byCursor();
            source.params = Map.of("cursor", "x");
        });
        refused("params.since", "another setting", source -> {
            source.incremental = Optional.of(new Incremental(new TimeParameter("since", "iso"), Duration.ZERO));
            source.params = Map.of("since", "x");
        });
    }

    @Test
    void refusesPartsThatCannotWork() {
        Secret word = Secret.of("word");
        refused("value", "give header or param", () -> new ApiKey(Optional.empty(), Optional.empty(), word));
        refused("value", "give header or param", () -> new ApiKey(Optional.of("a"), Optional.of("b"), word));
        refused("bearer", "on one line", () -> new Bearer(Secret.of("a\nb")));
        refused("user", "without a colon", () -> new Basic("a:b", word));
        refused("path", "is empty", () -> new Cursor("", "cursor"));
        refused("size", "at least 1", () -> new Page("p", 0, Optional.of(0)));
        refused("start", "not be negative", () -> new Page("p", -1, Optional.empty()));
        refused("format", "must be iso", () -> new TimeParameter("p", "hello world"));
        refused("overlap", "negative", () -> new Incremental(new TimeParameter("p", "iso"), Duration.ofDays(-1)));
        ByteSize size = ByteSize.parse("1MB");
        refused("response", "1GB", () -> new HttpLimits(1, ByteSize.parse("2GB"), size, Duration.ofDays(1), 1));
        refused("depth", "1 to 1000", () -> new HttpLimits(1, size, size, Duration.ofDays(1), 1_001));
        assertThatThrownBy(() -> new LinkHeader(false)).hasMessageContaining("must be true");
    }

    @ParameterizedTest
    @CsvSource({"10/s, 100", "100/m, 600", "1 / h, 3600000", "7200/h, 500"})
    void ratesSayHowFarRequestsAreApart(String text, long millis) {
        assertThat(RateLimit.fromYaml(text).interval()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0/s", "10/d", "-1/s", "1.5/s", "/s"})
    void ratesThatAreNoneAreRefused(String text) {
        assertThatThrownBy(() -> RateLimit.fromYaml(text)).hasMessageContaining("must be a rate such as 10/s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<https://x/2>; rel=\"next\" | https://x/2",
                "<https://x/1>; rel=prev, <https://x/2?a=1,2>; rel=next | https://x/2?a=1,2",
                "<a>; title=\"x, <b>; rel=\\\"next\\\"\"; rel=last, <c>;rel=\"start NEXT\" | c",
                "</rel>; REL=\"next\"; title*=UTF-8''x | /rel",
                "<a>; rel=nextish |",
                "<a>; rel=last; rel=next |",
                "<a> |",
                "a; rel=next |",
            })
    void linkHeadersAreRead(String header, String next) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Link", List.of(header)), (name, value) -> true);
        assertThat(LinkHeaders.next(headers)).isEqualTo(Optional.ofNullable(next));
    }

    @Test
    void originsAreSchemeHostAndPort() {
        Origin origin = Origin.of(URI.create("https://API.example.com/x"));
        for (String own :
                List.of("https://api.example.com", "https://api.EXAMPLE.com:443/y?z", "HTTPS://api.example.com/")) {
            assertThat(origin.owns(URI.create(own))).as(own).isTrue();
        }
        for (String other : List.of(
                "http://api.example.com/",
                "https://api.example.com:8443/",
                "https://api.example.com.evil.org/",
                "https://u@api.example.com/",
                "https://api.example.com@evil.org/",
                "/x",
                "mailto:x")) {
            assertThat(origin.owns(URI.create(other))).as(other).isFalse();
        }
    }

    @Test
    void queriesAreEncodedAndHidden() {
        URI uri = Query.with(URI.create("https://x/p?a=%2F&b"), "c d", "1+1=2&ü");
        assertThat(uri).hasToString("https://x/p?a=%2F&b&c%20d=1%2B1%3D2%26%C3%BC");
        assertThat(Query.of(uri).get(2)).isEqualTo(new Query.Parameter("c d", "1+1=2&ü"));
        assertThat(Query.without(uri, parameter -> parameter.name().equals("b")))
                .hasToString("https://x/p?a=%2F&c%20d=1%2B1%3D2%26%C3%BC");
        assertThat(Query.without(uri, parameter -> true)).hasToString("https://x/p");
        Secrets secrets = new Secrets(List.of(Secret.of("h1dden")), Optional.of("k"), Set.of("next_token"));
        assertThat(secrets.shown(URI.create("https://x/h1dden?k=1&v=h1dden&sessionId=2&next_token=3&page=4")))
                .isEqualTo("https://x/******?k=******&v=******&sessionId=******&next_token=3&page=4");
        assertThat(secrets.stripped(URI.create("https://x/?k=1&v=h1dden&page=4")))
                .hasToString("https://x/?page=4");
    }

    @Test
    void aJavaProgramNamesAnApiByItsUrl() {
        assertThat(new HttpSource().settingsFor("https://x/y")).isEqualTo(Map.of("url", "https://x/y"));
    }

    @Test
    void splitsAreReadBackAsTheyWereWritten() {
        SplitPayload payload = new SplitPayload(
                JsonFields.of(Map.of("a=&b", JsonFieldSettings.of(DataType.decimal(9, 2)))),
                Map.of("since=", "2024&", "before", ""),
                Optional.empty(),
                7);
        assertThat(SplitPayload.of(payload.split("pages"))).isEqualTo(payload);
    }
}
