package io.millrace.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.ErrorKind;
import io.millrace.api.ExtractRequest;
import io.millrace.api.Extractor;
import io.millrace.api.MillraceException;
import io.millrace.api.Secret;
import io.millrace.api.Split;
import io.millrace.api.data.Batch;
import io.millrace.sandbox.ApiFault;
import io.millrace.sandbox.ApiRequest;
import io.millrace.sandbox.ScriptedApi;
import io.millrace.testkit.extractor.RecordedRejects;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthTest {
    private static final List<Long> ALL = LongStream.range(0, 250).boxed().toList();
    private static final String WORD = "s3cr et/+ü&=";

    private final ScriptedApi api = ScriptedApi.start().add(ApiUnderTest.records(0, 250));

    @AfterEach
    void close() {
        api.close();
    }

    private ApiUnderTest source(Auth auth) {
        ApiUnderTest source = new ApiUnderTest(api.url("/cursor")).byCursor();
        source.auth = Optional.of(auth);
        return source;
    }

    private Oauth2 oauth(String secret, ClientAuth way) {
        return new Oauth2(
                api.url("/token"),
                "my:client",
                Secret.of(secret),
                Optional.of("events.read more"),
                Map.of("audience", "a b"),
                way);
    }

    private long tokensAsked() {
        return api.requests().stream()
                .filter(request -> request.target().equals("/token"))
                .count();
    }

    @Test
    void showsTokensPasswordsAndKeys() {
        api.requireBearer("t0ken").requireBasic("me", WORD).requireKey("k3y+/=");
        assertThat(source(new Bearer(Secret.of("t0ken"))).ids()).isEqualTo(ALL);
        assertThat(source(new Basic("me", Secret.of(WORD))).ids()).isEqualTo(ALL);
        assertThat(source(new ApiKey(Optional.of("X-Key"), Optional.empty(), Secret.of("k3y+/=")))
                        .ids())
                .isEqualTo(ALL);
        assertThat(source(new ApiKey(Optional.empty(), Optional.of("api_key"), Secret.of("k3y+/=")))
                        .ids())
                .isEqualTo(ALL);
        MillraceException failure =
                source(new Basic("me", Secret.of("wrong-word"))).failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(failure).hasMessageContaining("answered 401");
        assertThat(failure.getMessage()).doesNotContain("wrong-word");
    }

    @Test
    void oneTokenServesManyRequests() {
        api.requireClient("my%3Aclient", URLEncoder.encode(WORD, StandardCharsets.UTF_8));
        assertThat(source(oauth(WORD, ClientAuth.BASIC)).ids()).isEqualTo(ALL);
        assertThat(tokensAsked()).isEqualTo(1);
        ApiRequest asked = api.requests().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(api.requests().get(1).header("authorization")).contains("Bearer token-1");
    }

    @Test
    void idAndSecretMayStandInTheForm() {
        api.requireClient("my:client", WORD);
        assertThat(source(oauth(WORD, ClientAuth.BODY)).ids()).isEqualTo(ALL);
        assertThat(api.requests().get(0).header("authorization")).isEmpty();
    }

    @Test
    void tokensAreRenewedBeforeTheyEndAndAfterARefusal() {
        api.requireClient("my:client", WORD).tokenSeconds(0);
        ApiUnderTest source = source(oauth(WORD, ClientAuth.BODY));
        try (Extractor extractor = source.extractor()) {
            Split split =
                    extractor.plan(ExtractRequest.everything(100)).splits().next();
            try (var reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                List<Object> ids = new ArrayList<>();
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    batch.records().forEach(row -> ids.add(row.get("id")));
                    // Without a stated end a token is used until it is refused; this one is now.
                    api.forgetTokens();
                }
                assertThat(ids).isEqualTo(ALL);
            }
        }
        assertThat(tokensAsked()).isEqualTo(3);
        api.tokenSeconds(1);
        long before = tokensAsked();
        long began = System.nanoTime();
        source.params = Map.of("limit", "10");
        source.rateLimit = Optional.of(new RateLimit(20, Duration.ofSeconds(1)));
        assertThat(source.ids()).isEqualTo(ALL);
        // 25 requests take more than a second, and a token lasts less.
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(tokensAsked() - before).isBetween(2L, seconds + 3);
        assertThat(api.requests()).noneMatch(request -> request.target().contains("token-"));
    }

    @Test
    void refusedClientsAreDeniedAndPassingFaultsTriedAgain() {
        api.requireClient("my:client", WORD);
        MillraceException failure = source(oauth("wrong-word", ClientAuth.BODY)).failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(failure)
                .hasMessageContaining("the token server " + api.url("/token") + " answered 401")
                .hasMessageContaining("check client_id, client_secret, scope and client_auth");
        assertThat(failure.getMessage()).doesNotContain("wrong-word");
        assertThat(tokensAsked()).isEqualTo(1);
        api.then(ApiFault.status(503, "")).then(ApiFault.page("<html>")).thenRight(4);
        assertThat(source(oauth(WORD, ClientAuth.BODY)).ids()).isEqualTo(ALL);
        api.then(ApiFault.status(200, "{\"token\":\"x\"}"));
        assertThat(source(oauth(WORD, ClientAuth.BODY)).failure())
                .hasMessageContaining("without a bearer token in access_token");
    }

    @Test
    void aTokenThatTheApiRefusesIsNotRenewedForEver() {
        api.requireClient("my:client", WORD);
        ApiFault refusal = ApiFault.status(401, "no");
        api.thenRight(1).then(refusal).thenRight(1).then(refusal);
        MillraceException failure = source(oauth(WORD, ClientAuth.BODY)).failure();
        assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(api.requests()).hasSize(4);
    }

    @Test
    void keysInUrlsAreNeitherKeptNorShown() {
        api.requireKey("k3y+/=");
        ApiUnderTest source = source(new ApiKey(Optional.empty(), Optional.of("api_key"), Secret.of("k3y+/=")));
        source.url = api.url("/link");
        source.records = Optional.empty();
        source.pagination = Optional.of(new LinkHeader(true));
        source.params = Map.of("access_token", "another", "plain", "shown");
        List<String> points = new ArrayList<>();
        try (Extractor extractor = source.extractor()) {
            Split split =
                    extractor.plan(ExtractRequest.everything(100)).splits().next();
            try (var reader = extractor.open(split, Optional.empty(), new RecordedRejects())) {
                while (reader.next() != null) {
                    reader.resumePoint().ifPresent(points::add);
                }
            }
        }
        assertThat(points).hasSize(2).allSatisfy(point -> assertThat(point).doesNotContain("k3y"));
        // The API wrote the key into the next link; each request has it once all the same.
        assertThat(api.requests())
                .allSatisfy(request ->
                        assertThat(request.target().split("api_key=", -1)).hasSize(2));
        api.thenRight(1).then(ApiFault.status(403, "not with k3y+/= here"));
        assertThat(source.failure().getMessage())
                .contains("access_token=******")
                .contains("plain=shown")
                .contains("not with ****** here")
                .doesNotContain("k3y")
                .doesNotContain("another");
    }

    @Test
    void credentialsNeverLeaveTheOrigin() {
        try (ScriptedApi other = ScriptedApi.start().add(ApiUnderTest.records(0, 10))) {
            api.requireBearer("t0ken");
            ApiUnderTest source = source(new Bearer(Secret.of("t0ken")));
            api.then(ApiFault.redirect(302, other.url("/cursor")));
            assertThat(source.failure()).hasMessageContaining("was not followed");
            assertThat(other.requests()).isEmpty();
        }
    }

    /** A name whose answers are these, one for each request and the last one for all others. */
    private static NameService answering(String... addresses) {
        Deque<String> left = new ArrayDeque<>(List.of(addresses));
        return host -> InetAddress.getAllByName(left.size() > 1 ? left.remove() : left.element());
    }

    private ApiUnderTest named(String... addresses) {
        ApiUnderTest source = source(new Bearer(Secret.of("t0ken")));
        source.url = api.url("/cursor").replace("127.0.0.1", "localhost");
        source.names = answering(addresses);
        return source;
    }

    @Test
    void nothingIsSentWhereANameLeadsElsewhereAllOfASudden() {
        api.requireBearer("t0ken");
        assertThat(named("127.0.0.1").ids()).isEqualTo(ALL);
        int before = api.requests().size();
        for (String elsewhere : List.of("10.0.0.7", "203.0.113.9", "fd00::7", "100.64.0.7")) {
            assertThat(named("127.0.0.1", elsewhere).failure())
                    .hasMessageContaining("nothing was sent: localhost leads to ")
                    .hasMessageContaining("this machine")
                    .extracting(failure -> failure.kind())
                    .isEqualTo(ErrorKind.DENIED);
            before++;
            assertThat(api.requests()).hasSize(before);
        }
        // One that had no such address either.
        assertThat(named("203.0.113.9", "127.0.0.1").failure()).hasMessageContaining("an address of this machine");
    }

    @Test
    void namesOfTheLinkAreRefusedAtOnce() {
        assertThat(named("169.254.169.254").failure())
                .hasMessageContaining("169.254.169.254")
                .hasMessageContaining("write the address itself");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void warnsOfCredentialsThatCanBeRead() {
        ApiUnderTest source = source(new Bearer(Secret.of("t0ken")));
        source.url = "http://api.example.com/x";
        try (Extractor extractor = source.extractor()) {
            assertThat(extractor.plan(ExtractRequest.everything(10)).warnings())
                    .containsExactly("credentials go to http://api.example.com without encryption; use https");
        }
    }
}
